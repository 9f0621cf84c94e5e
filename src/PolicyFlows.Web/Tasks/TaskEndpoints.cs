using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tasks;

/// <summary>Addresses of links and tasks. Every GET only shows.</summary>
public sealed class TaskEndpoints : IEndpointModule
{
    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Links.Tasks.OpenRoute, (HttpContext c, string token, [FromServices] LinkPages pages) => pages.ShowAsync(c, token));
        routes.MapPost(Links.Tasks.OpenRoute, (HttpContext c, string token, [FromServices] LinkPages pages) => pages.SendCodeAsync(c, token));
        routes.MapGet(Links.Tasks.OpenCodeRoute, (HttpContext c, string token, [FromServices] LinkPages pages) => pages.CodeAsync(c, token));
        routes.MapPost(Links.Tasks.OpenCodeRoute, (HttpContext c, string token, [FromServices] LinkPages pages) => pages.EnterAsync(c, token));
        routes.MapGet(Links.Tasks.FreshLinkRoute, (HttpContext c, string token, [FromServices] LinkPages pages) => pages.FreshSentAsync(c, token));
        routes.MapPost(Links.Tasks.FreshLinkRoute, (HttpContext c, string token, [FromServices] LinkPages pages) => pages.SendFreshAsync(c, token));

        routes.MapGet(Links.Tasks.TaskRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.ShowAsync(c, caseId, taskId));
        routes.MapPost(Links.Tasks.TaskRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.AnswerAsync(c, caseId, taskId));
        routes.MapGet(Links.Tasks.DoneRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.DoneAsync(c, caseId, taskId));
        routes.MapGet(Links.Tasks.ConcernsRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.ConcernsAsync(c, caseId, taskId));
        routes.MapPost(Links.Tasks.ConcernsRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.RecuseAsync(c, caseId, taskId));
        routes.MapGet(Links.Tasks.ReplyRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.ReplyAsync(c, caseId, taskId));
        routes.MapPost(Links.Tasks.ReplyRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.RecordReplyAsync(c, caseId, taskId));
        routes.MapGet(Links.Tasks.ReplyDoneRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.ReplyDoneAsync(c, caseId, taskId));
        routes.MapGet(Links.Tasks.ImpossibleRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.ImpossibleAsync(c, caseId, taskId));
        routes.MapPost(Links.Tasks.ImpossibleRoute, (HttpContext c, string caseId, string taskId, [FromServices] TaskPages pages) => pages.RecordImpossibleAsync(c, caseId, taskId));
    }
}
