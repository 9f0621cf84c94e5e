using Azure.Identity;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using PolicyFlows.Functions.Hosting;
using PolicyFlows.Mail.SendGrid;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
await builder.Services.AddPolicyFlowsAzureAsync(HostSettings.Read(builder.Configuration), new DefaultAzureCredential());
builder.Services.AddSendGrid(builder.Configuration);
builder.Build().Run();
