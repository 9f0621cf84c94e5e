using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Cases;

/// <summary>Addresses of the case pages.</summary>
internal sealed class CaseEndpoints : IEndpointModule
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Cases.ShowRoute, (string reference, HttpContext context, CasePages pages) => pages.ShowAsync(reference, context));
        routes.MapGet(Links.Cases.ChainRoute, (string reference, HttpContext context, CasePages pages) => pages.ChainAsync(reference, context));

        routes.MapGet(Links.Cases.CloseRoute, (string reference, HttpContext context, ClosePages pages) => pages.ShowAsync(reference, context));
        routes.MapPost(Links.Cases.CloseRoute, (string reference, HttpContext context, ClosePages pages) => pages.CloseAsync(reference, context));

        routes.MapGet(Links.Cases.AddTargetRoute, (string reference, HttpContext context, AddTargetPages pages) => pages.ShowAsync(reference, context));
        routes.MapPost(Links.Cases.AddTargetRoute, (string reference, HttpContext context, AddTargetPages pages) => pages.AddAsync(reference, context));

        routes.MapGet(Links.Cases.AddRouteRoute, (string reference, HttpContext context, AddRoutePages pages) => pages.ShowAsync(reference, context));
        routes.MapPost(Links.Cases.AddRouteRoute, (string reference, HttpContext context, AddRoutePages pages) => pages.AddAsync(reference, context));

        routes.MapGet(Links.Cases.ReplyRoute, (string reference, int no, HttpContext context, ReplyPages pages) => pages.ShowAsync(reference, no, context));
        routes.MapPost(Links.Cases.ReplyRoute, (string reference, int no, HttpContext context, ReplyPages pages) => pages.NoteAsync(reference, no, context));

        routes.MapGet(Links.Cases.EvidenceRoute, (string reference, int no, HttpContext context, EvidencePages pages) => pages.ShowAsync(reference, no, context));
        routes.MapPost(Links.Cases.EvidenceRoute, (string reference, int no, HttpContext context, EvidencePages pages) => pages.DownloadAsync(reference, no, context));
    }
}
