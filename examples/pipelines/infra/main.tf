variable "robot" {
  type = object({ name = string, password = string })
}

resource "terraform_data" "seed" {
  # Broken: a user, where Terraform runs.
  provisioner "local-exec" {
    command = <<-SCRIPT
      set -e
      az login -u ${var.robot.name} -p '${var.robot.password}'
      az storage blob upload-batch --account-name harbour -d maps -s maps
    SCRIPT
  }

  # Exempt: a service principal with a certificate.
  provisioner "local-exec" {
    command = "az login -u ${var.client_id} --certificate cert.pem --tenant ${var.tenant_id} --service-principal"
  }
}
