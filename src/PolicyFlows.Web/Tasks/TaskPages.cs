using Microsoft.AspNetCore.Http;
using PolicyFlows.Core.Takedowns;
using PolicyFlows.Core.Tasks;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tasks;

/// <summary>The page of a task for its holder: show, answer, "this concerns me", what happens next.</summary>
public sealed class TaskPages(TaskDoor door, TaskReader reader, TaskAnswers answers, TakedownAnswers takedowns, TaskActs acts)
{
    /// <summary>The question, or what was decided.</summary>
    public Task<IResult> ShowAsync(HttpContext context, string caseId, string taskId) =>
        ShowPartAsync(context, caseId, taskId, _ => true, view => Page.Of<TaskPage>(new { View = view, Form = FormState.Empty() }));

    /// <summary>Takes the answer. The first one counts; whoever comes later reads who it was.</summary>
    public Task<IResult> AnswerAsync(HttpContext context, string caseId, string taskId) => ActAsync(context, caseId, taskId, async entry =>
    {
        if (!entry.Task.IsOpen) return Over(entry);
        var view = await reader.ReadAsync(entry, context.RequestAborted);
        var form = await FormState.ReadAsync(context);
        await answers.AnswerAsync(view, form, context.RequestAborted);
        return form.IsValid ? Page.Next(Links.Tasks.Done(caseId, taskId)) : Page.Invalid<TaskPage>(new { View = view, Form = form });
    });

    /// <summary>What happens next, for whoever answered; others read who did.</summary>
    public async Task<IResult> DoneAsync(HttpContext context, string caseId, string taskId)
    {
        var (entry, refusal) = await door.EnterAsync(context, caseId, taskId);
        if (entry is null) return refusal!;
        if (entry.Task.IsOpen) return Page.Next(Links.Tasks.Task(caseId, taskId));
        return entry.Task.Answer?.PersonKey == entry.Holder.PersonKey
            ? Page.Of<TaskDonePage>(new { View = await reader.ReadAsync(entry, context.RequestAborted) })
            : Over(entry);
    }

    /// <summary>"This concerns me": what it means, before it is done.</summary>
    public Task<IResult> ConcernsAsync(HttpContext context, string caseId, string taskId) =>
        ShowPartAsync(context, caseId, taskId, MayRecuse, view => Page.Of<ConcernsPage>(new { View = view, Form = FormState.Empty() }));

    /// <summary>Takes everything in this case from the person and asks the next in order.</summary>
    public Task<IResult> RecuseAsync(HttpContext context, string caseId, string taskId) => ActAsync(context, caseId, taskId, async entry =>
    {
        if (!entry.Task.IsOpen) return Over(entry);
        var view = await reader.ReadAsync(entry, context.RequestAborted);
        if (!MayRecuse(view)) return Page.Error(StatusCodes.Status404NotFound);
        var form = await FormState.ReadAsync(context);
        form.OneOf("sure", ["yes"], "Tick the box if this concerns you. If it does not, go back");
        var why = form.AtMost("why", 1000, "Your reason");
        if (!form.IsValid) return Page.Invalid<ConcernsPage>(new { View = view, Form = form });
        await acts.RecuseAsync(caseId, why.Length == 0 ? null : why, entry.Acts("this concerns me"), context.RequestAborted);
        return Page.Next(Links.Tasks.Task(caseId, taskId));
    });

    /// <summary>Asks what a host replied.</summary>
    public Task<IResult> ReplyAsync(HttpContext context, string caseId, string taskId) =>
        ShowPartAsync(context, caseId, taskId, TakesReply, view => Page.Of<ReplyPage>(new { View = view, Form = FormState.Empty() }), alsoOver: true);

    /// <summary>Records what a host replied. It ends nothing: the checks decide.</summary>
    public Task<IResult> RecordReplyAsync(HttpContext context, string caseId, string taskId) => ActAsync(context, caseId, taskId, async entry =>
    {
        var view = await reader.ReadAsync(entry, context.RequestAborted);
        if (!TakesReply(view)) return Page.Error(StatusCodes.Status404NotFound);
        var form = await FormState.ReadAsync(context);
        await takedowns.ReplyAsync(view, form, context.RequestAborted);
        return form.IsValid ? Page.Next(Links.Tasks.ReplyDone(caseId, taskId)) : Page.Invalid<ReplyPage>(new { View = view, Form = form });
    });

    /// <summary>Confirms that a reply was recorded.</summary>
    public Task<IResult> ReplyDoneAsync(HttpContext context, string caseId, string taskId) =>
        ShowPartAsync(context, caseId, taskId, TakesReply, view => Page.Of<ReplyDonePage>(new { View = view }), alsoOver: true);

    /// <summary>Asks why it cannot be removed.</summary>
    public Task<IResult> ImpossibleAsync(HttpContext context, string caseId, string taskId) =>
        ShowPartAsync(context, caseId, taskId, MayGiveUp, view => Page.Of<ImpossiblePage>(new { View = view, Form = FormState.Empty() }));

    /// <summary>Records why it cannot be removed; a second person is asked.</summary>
    public Task<IResult> RecordImpossibleAsync(HttpContext context, string caseId, string taskId) => ActAsync(context, caseId, taskId, async entry =>
    {
        if (!entry.Task.IsOpen) return Over(entry);
        var view = await reader.ReadAsync(entry, context.RequestAborted);
        if (!MayGiveUp(view)) return Page.Error(StatusCodes.Status404NotFound);
        var form = await FormState.ReadAsync(context);
        await takedowns.ImpossibleAsync(view, form, context.RequestAborted);
        return form.IsValid ? Page.Next(Links.Tasks.Done(caseId, taskId)) : Page.Invalid<ImpossiblePage>(new { View = view, Form = form });
    });

    /// <summary>The holder may say that it concerns them, except about what is asked of them personally.</summary>
    public static bool MayRecuse(TaskView view) => !view.IsPersonal && view.Task.Kind is not (TaskKind.DeliveryTrouble or TaskKind.FindSomebody);

    /// <summary>Something was, or is about to be, sent to somebody who may reply.</summary>
    public static bool TakesReply(TaskView view) => view.Task.Kind is TaskKind.FileRequest or TaskKind.HostingProvider && view.Takedown is { State: TakedownState.Open };

    /// <summary>It may turn out that nobody will remove it.</summary>
    public static bool MayGiveUp(TaskView view) => view.Task.Kind is TaskKind.FileRequest or TaskKind.HostingProvider or TaskKind.RemoveOurselves;

    private async Task<IResult> ShowPartAsync(
        HttpContext context, string caseId, string taskId, Func<TaskView, bool> offered, Func<TaskView, IResult> page, bool alsoOver = false)
    {
        var (entry, refusal) = await door.EnterAsync(context, caseId, taskId);
        if (entry is null) return refusal!;
        if (!entry.Task.IsOpen && !alsoOver) return Over(entry);
        var view = await reader.ReadAsync(entry, context.RequestAborted);
        return offered(view) ? page(view) : Page.Error(StatusCodes.Status404NotFound);
    }

    /// <summary>An act by the holder: what others have done meanwhile is said, not reported as a fault.</summary>
    private async Task<IResult> ActAsync(HttpContext context, string caseId, string taskId, Func<TaskEntry, Task<IResult>> act)
    {
        var (entry, refusal) = await door.EnterAsync(context, caseId, taskId);
        if (entry is null) return refusal!;
        try
        {
            return await act(entry);
        }
        catch (TaskOverException over)
        {
            return Over(entry with { Task = over.Task });
        }
        catch (NotTheirTaskException)
        {
            return Page.Of<NotYoursPage>();
        }
    }

    private static IResult Over(TaskEntry entry) => Page.Of<TaskOverPage>(new { Entry = entry });
}
