using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;
using PolicyFlows.Web.Report;

namespace PolicyFlows.Web.Receipt;

/// <summary>The reporter's own page: status, additions, second look, support, and what only the person harmed can do.</summary>
public sealed class ReceiptEndpoints : IEndpointModule
{
    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Receipt.Start(), () => CodePages.Show());
        routes.MapPost(Links.Receipt.Start(), Handlers.On<CodePages>((page, context) => page.EnterAsync(context)));
        routes.MapGet(Links.Receipt.Lost(), () => LostCodePages.Show());
        routes.MapPost(Links.Receipt.Lost(), Handlers.On<LostCodePages>((page, context) => page.AskAsync(context)));
        routes.MapGet(Links.Receipt.MailedCode(), Handlers.On<LostCodePages>((page, context) => page.ShowCodeAsync(context)));
        routes.MapPost(Links.Receipt.MailedCode(), Handlers.On<LostCodePages>((page, context) => page.EnterAsync(context)));
        routes.MapGet(Links.Receipt.Status(), Handlers.On<StatusPages>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Receipt.Support(), Handlers.On<StatusPages>((page, context) => page.AnswerSupportAsync(context)));
        routes.MapPost(Links.Receipt.WithdrawConsent(), Handlers.On<StatusPages>((page, context) => page.WithdrawConsentAsync(context)));
        routes.MapGet(Links.Receipt.SecondLook(), Handlers.On<SecondLookPages>((page, context) => page.ShowAsync(context)));
        routes.MapPost(Links.Receipt.SecondLook(), Handlers.On<SecondLookPages>((page, context) => page.AskAsync(context)));
        routes.MapGet(Links.Receipt.AddFile(), Handlers.On<AddPages>((page, context) => page.AskImagesAsync(context)));
        routes.MapPost(Links.Receipt.AddFile(), Handlers.On<AddPages>((page, context) => page.TakeImagesAsync(context)));
        routes.MapGet(Links.Receipt.Add(), Handlers.On<AddPages>((page, context) => page.ShowAsync(context, withFile: false)));
        routes.MapGet(Links.Receipt.AddWithFile(), Handlers.On<AddPages>((page, context) => page.ShowAsync(context, withFile: true)));
        routes.MapPost(Links.Receipt.Add(), Handlers.On<AddPages>((page, context) => page.TakeAsync(context))).TakesOneFile(EvidenceIntake.RequestBytes, Uploads.VideoBytes);
        routes.MapPost(Links.Receipt.Leave(), Handlers.On<StatusPages>((page, context) => page.LeaveAsync(context)));
    }
}
