using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Receipt;
using PolicyFlows.Web.Safeguarding;

namespace PolicyFlows.Web.Report;

/// <summary>Registers the pages for people who are not signed in: report, safeguarding, receipt.</summary>
internal static class PublicServices
{
    public static IServiceCollection AddReporting(this IServiceCollection services)
    {
        services.TryAddSingleton<ReportJourney>();
        services.TryAddSingleton<StartStep>();
        services.TryAddSingleton<SchoolStep>();
        services.TryAddSingleton<WhatStep>();
        services.TryAddSingleton<WhereStep>();
        services.TryAddSingleton<FilesStep>();
        services.TryAddSingleton<UploadStep>();
        services.TryAddSingleton<YouStep>();
        services.TryAddSingleton<PeopleStep>();
        services.TryAddSingleton<CheckStep>();
        services.TryAddSingleton<SentStep>();
        services.TryAddSingleton<AlertForm>();
        services.TryAddSingleton<AlertStanding>();
        services.TryAddSingleton<CodePages>();
        services.TryAddSingleton<LostCodePages>();
        services.TryAddSingleton<StatusPages>();
        services.TryAddSingleton<SecondLookPages>();
        services.TryAddSingleton<AddPages>();
        services.TryAddSingleton<ReportSending>();
        services.TryAddSingleton<EvidenceIntake>();
        services.TryAddSingleton<AlertTickets>();
        services.TryAddSingleton<ReceiptVisits>();
        services.TryAddSingleton<ReceiptTries>();
        services.TryAddSingleton<ReceiptDoor>();
        services.AddSingleton<IEndpointModule, ReportEndpoints>();
        services.AddSingleton<IEndpointModule, SafeguardingEndpoints>();
        services.AddSingleton<IEndpointModule, ReceiptEndpoints>();
        return services;
    }
}
