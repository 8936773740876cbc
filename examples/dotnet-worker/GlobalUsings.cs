global using Azure.Core;
global using Azure.Identity;
