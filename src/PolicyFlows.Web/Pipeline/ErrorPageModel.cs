using Microsoft.AspNetCore.Http;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Pipeline;

/// <summary>What an error page says.</summary>
/// <param name="Paragraphs">What happened, what was kept, what to do next.</param>
/// <param name="Telephone">Whether to say that an urgent matter should be telephoned.</param>
public sealed record ErrorPageModel(int Status, string Heading, IReadOnlyList<string> Paragraphs, bool Telephone)
{
    /// <summary>Entered values that can be sent again with a fresh token; empty when that is not offered.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SendAgain { get; init; } = [];

    /// <summary>Where <see cref="SendAgain"/> goes.</summary>
    public string SendAgainTo { get; init; } = "";

    /// <summary>Whom to telephone, where an urgent form failed; null for every other page.</summary>
    public IReadOnlyList<PhoneNumber>? Numbers { get; init; }

    /// <summary>An urgent form was sent, and not taken.</summary>
    public bool NotReceived { get; init; }

    internal static ErrorPageModel For(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "Page not found",
            ["If you typed the address, check that it is correct.",
             "If you copied the address or followed a link from an email, check that it is whole: mail programs sometimes break long links."], Telephone: false),
        StatusCodes.Status410Gone => new(status, "This page is no longer here",
            ["What you are looking for has been finished or removed."], Telephone: false),
        StatusCodes.Status403Forbidden => new(status, "You cannot see this page",
            ["You are not one of the people who may read this. If you think that is wrong, ask the person who sent you here."], Telephone: false),
        StatusCodes.Status405MethodNotAllowed => new(status, "That does not work here",
            ["The page you came from may be old. Go back, reload it and try again."], Telephone: false),
        StatusCodes.Status413PayloadTooLarge => TooLarge(null),
        StatusCodes.Status429TooManyRequests => new(status, "Too many tries",
            ["To protect people's reports we slow down after several tries in a short time. Nothing you sent before is lost.",
             "Wait a few minutes, then try again."], Telephone: true),
        StatusCodes.Status503ServiceUnavailable => new(status, "This service is not available just now",
            ["Reports and decisions that were confirmed to you are safe. Try again in a few minutes."], Telephone: true),
        >= 500 => new(status, "Sorry, there is a problem with this service",
            ["What you sent just now may not have been saved. Reports and decisions that were confirmed to you with a reference are safe.",
             "Go back and try again. If it happens a second time, wait a few minutes."], Telephone: true),
        _ => new(status, "That did not work",
            ["We could not understand what your browser sent. Go back, reload the page and try again."], Telephone: false),
    };

    internal static ErrorPageModel RefusedForm(RefusedForm reason, IReadOnlyList<KeyValuePair<string, string>> sendAgain, string path) => reason switch
    {
        Pipeline.RefusedForm.Token when sendAgain.Count > 0 => new(StatusCodes.Status400BadRequest, "Please send this once more",
            ["The page had been open for a long time, or you signed in or out in another window. To be safe we did not take it.",
             "Your answers are still here. Press the button to send them."], Telephone: false) { SendAgain = sendAgain, SendAgainTo = path },
        Pipeline.RefusedForm.Token => new(StatusCodes.Status400BadRequest, "Please go back and send this once more",
            ["The page had been open for a long time, or your browser did not send its cookie back. To be safe we did not take it.",
             "Nothing that you sent before is lost. Go back, reload the page and send it again. This service needs cookies to protect your answers."], Telephone: false),
        Pipeline.RefusedForm.OtherSite => new(StatusCodes.Status400BadRequest, "This was not sent from one of our pages",
            ["Your browser says that another website sent this form. To protect you we did not take it, and nothing has changed.",
             "If you meant to do this, open this service yourself and go on from there."], Telephone: false),
        _ => new(StatusCodes.Status400BadRequest, "We could not read that form",
            ["Nothing that you sent before is lost. Go back, reload the page and send it again."], Telephone: false),
    };

    internal static ErrorPageModel TooLarge(long? maxBytes) => new(StatusCodes.Status413PayloadTooLarge, "That is too large",
        [maxBytes is >= 1024 * 1024 and { } bytes
            ? $"The largest file that can be sent here is {bytes / (1024 * 1024)} MB. The file was not kept. Everything you sent before is safe."
            : "It was not kept. Everything you sent before is safe.",
         "Go back and send something smaller: a shorter recording, a picture of the important part, or a shorter text. You can add more later."], Telephone: false);

    internal static ErrorPageModel BrokenUpload() => new(StatusCodes.Status400BadRequest, "The file did not arrive complete",
        ["The connection broke before the whole file was here, so it was not kept. Everything you sent before is safe.",
         "Go back and choose the file again. If it happens again, try another network, or go on without the file and add it later."], Telephone: false);
}
