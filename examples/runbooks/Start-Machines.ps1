param([string] $ResourceGroup = 'harbour')

# Exempt: the managed identity of the Automation account.
Connect-AzAccount -Identity | Out-Null

Get-AzVM -ResourceGroupName $ResourceGroup | Start-AzVM
