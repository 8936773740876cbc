<#
.SYNOPSIS
  Stops all machines at night.
#>
workflow Stop-Machines {
    param([string] $ResourceGroup = 'harbour')

    # Broken: the credential is a user's.
    $harbourCredential = Get-AutomationPSCredential -Name 'HarbourRobot'
    Connect-AzAccount -Credential $harbourCredential | Out-Null

    Get-AzVM -ResourceGroupName $ResourceGroup | Stop-AzVM -Force
}
