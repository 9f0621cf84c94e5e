using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Report;

/// <summary>The report of abuse: eight screens, one thing each, and the confirmation (clause 8.1, scenarios 1, 8, 9, 10).</summary>
public sealed class ReportEndpoints : IEndpointModule
{
    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Report.Start(), Handlers.On<StartStep>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Report.Start(), Handlers.On<StartStep>((page, context) => page.TakeAsync(context)));
        routes.MapPost(Links.Report.Discard(), Handlers.On<StartStep>((page, context) => page.DiscardAsync(context)));
        routes.MapGet(Links.Report.School(), Handlers.On<SchoolStep>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Report.School(), Handlers.On<SchoolStep>((page, context) => page.TakeAsync(context)));
        routes.MapGet(Links.Report.What(), Handlers.On<WhatStep>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Report.What(), Handlers.On<WhatStep>((page, context) => page.TakeAsync(context)));
        routes.MapGet(Links.Report.Where(), Handlers.On<WhereStep>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Report.Where(), Handlers.On<WhereStep>((page, context) => page.TakeAsync(context)));
        routes.MapPost(Links.Report.RemoveTarget(), Handlers.On<WhereStep>((page, context) => page.RemoveAsync(context)));
        routes.MapGet(Links.Report.Files(), Handlers.On<FilesStep>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Report.Files(), Handlers.On<FilesStep>((page, context) => page.GoOnAsync(context)));
        routes.MapPost(Links.Report.Images(), Handlers.On<FilesStep>((page, context) => page.TakeImagesAsync(context)));
        // Larger files are refused beside the field; the pipeline throws away what nobody reads.
        routes.MapPost(Links.Report.Upload(), Handlers.On<UploadStep>((page, context) => page.TakeAsync(context))).TakesOneFile(EvidenceIntake.RequestBytes, Uploads.VideoBytes);
        routes.MapPost(Links.Report.RemoveFile(), Handlers.On<UploadStep>((page, context) => page.RemoveAsync(context)));
        routes.MapGet(Links.Report.You(), Handlers.On<YouStep>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Report.You(), Handlers.On<YouStep>((page, context) => page.TakeAsync(context)));
        routes.MapGet(Links.Report.People(), Handlers.On<PeopleStep>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Report.People(), Handlers.On<PeopleStep>((page, context) => page.TakeAsync(context)));
        routes.MapGet(Links.Report.Check(), Handlers.On<CheckStep>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Report.Send(), Handlers.On<CheckStep>((page, context) => page.SendAsync(context)));
        routes.MapGet(Links.Report.Sent(), Handlers.On<SentStep>((page, context) => page.ShowAsync(context)));
    }
}
