using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PolicyFlows.Web.Components;
using PolicyFlows.Web.Pipeline;

namespace PolicyFlows.Web.Tests.Pipeline;

/// <summary>Pages that only the tests have: a form, an upload, and answers of every kind.</summary>
public sealed class TestPages : IEndpointModule
{
    /// <summary>What the form's endpoint was given.</summary>
    public List<string> Taken { get; } = [];

    /// <summary>Completes when the first bytes of a file have been read.</summary>
    public TaskCompletionSource UploadBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when an upload's endpoint is left, however.</summary>
    public TaskCompletionSource UploadLeft { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sizes of the files that arrived whole.</summary>
    public List<long> Files { get; } = [];

    /// <inheritdoc />
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/form", () => Page.Of<FormPage>(new { Form = FormState.Empty() }));
        routes.MapPost("/form", async (HttpContext context) =>
        {
            var form = await FormState.ReadAsync(context);
            form.Required("name", "Enter your name");
            form.OneOf("colour", ["red", "blue"], "Choose a colour");
            if (!form.IsValid)
            {
                return Page.Invalid<FormPage>(new { Form = form });
            }

            Taken.Add(form["name"]);
            return Page.Next("/form");
        });
        routes.MapPost("/upload", async (HttpContext context) =>
        {
            try
            {
                return await TakeAsync(Uploads.Of(context));
            }
            finally
            {
                UploadLeft.TrySetResult();
            }
        }).TakesOneFile(64 * 1024);
        routes.MapGet("/throws", IResult () => throw new InvalidOperationException("canary-secret"));
        routes.MapGet("/status/{status:int}", (int status) => Page.Error(status));
        routes.MapGet("/own-error", () => Results.Text("own words", statusCode: 503));
        routes.MapGet("/download", (HttpContext context) =>
        {
            SecurityHeaders.MarkAsDownload(context);
            return Results.Bytes([1, 2, 3], "image/png", "evidence.png");
        });
        routes.MapGet("/leave", () => Page.Next("https://example.org/"));
    }

    private async Task<IResult> TakeAsync(UploadRequest upload)
    {
        var file = await upload.FileAsync();
        if (file is null)
        {
            return Results.Text("no file " + upload.Fields["note"]);
        }

        var buffer = new byte[8192];
        long bytes = 0;
        int read;
        while ((read = await file.Content.ReadAsync(buffer)) > 0)
        {
            bytes += read;
            UploadBegun.TrySetResult();
        }

        Files.Add(bytes);
        return Results.Text($"{file.ClaimedName} {bytes} {upload.Fields["note"]}");
    }

    /// <summary>Two fields and an upload.</summary>
    public sealed class FormPage : ComponentBase
    {
        /// <summary>Values and errors.</summary>
        [Parameter] public required FormState Form { get; set; }

        /// <inheritdoc />
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<Layout>(0);
            builder.AddComponentParameter(1, "Title", "Your name");
            builder.AddComponentParameter(2, "Form", Form);
            builder.AddComponentParameter(3, "ChildContent", (RenderFragment)(content =>
            {
                content.OpenComponent<PostForm>(0);
                content.AddComponentParameter(1, "Action", "/form");
                content.AddComponentParameter(2, "ChildContent", (RenderFragment)(fields =>
                {
                    fields.OpenComponent<TextInput>(0);
                    fields.AddComponentParameter(1, "Name", "name");
                    fields.AddComponentParameter(2, "Label", "Name");
                    fields.CloseComponent();
                    fields.OpenComponent<Radios>(3);
                    fields.AddComponentParameter(4, "Name", "colour");
                    fields.AddComponentParameter(5, "Label", "Colour");
                    fields.AddComponentParameter(6, "Choices", (IReadOnlyList<Choice>)[new("red", "Red"), new("blue", "Blue")]);
                    fields.CloseComponent();
                    fields.OpenComponent<Button>(7);
                    fields.AddComponentParameter(8, "ChildContent", (RenderFragment)(text => text.AddContent(0, "Continue")));
                    fields.CloseComponent();
                }));
                content.CloseComponent();
                content.OpenComponent<PostForm>(3);
                content.AddComponentParameter(4, "Action", "/upload");
                content.AddComponentParameter(5, "Upload", true);
                content.AddComponentParameter(6, "ChildContent", (RenderFragment)(fields =>
                {
                    fields.OpenComponent<TextInput>(0);
                    fields.AddComponentParameter(1, "Name", "note");
                    fields.AddComponentParameter(2, "Label", "Note");
                    fields.CloseComponent();
                    fields.OpenComponent<FileUpload>(3);
                    fields.AddComponentParameter(4, "Name", "file");
                    fields.AddComponentParameter(5, "Label", "File");
                    fields.CloseComponent();
                    fields.OpenComponent<Button>(6);
                    fields.AddComponentParameter(7, "ChildContent", (RenderFragment)(text => text.AddContent(0, "Upload")));
                    fields.CloseComponent();
                }));
                content.CloseComponent();
            }));
            builder.CloseComponent();
        }
    }
}
