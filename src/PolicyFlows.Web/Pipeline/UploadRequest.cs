using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Pipeline;

/// <summary>
/// A multipart POST read part by part, never buffered: the token first, then small fields, then one file. Fields after the file are not read.
/// </summary>
public sealed class UploadRequest : IAsyncDisposable
{
    /// <summary>How much of a refused upload is still taken and thrown away, so that the browser gets to read why.</summary>
    private const long DrainBytes = 300L * 1024 * 1024;

    // All text of a form together, as in a form without a file: what is too long for its field is said beside the field, with the text kept.
    private long _textBytes = FormLimits.FormBytes;
    private readonly MultipartReader _reader;
    private readonly HttpContext _context;
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private UploadedFile? _file;
    private bool _reachedFile;

    private UploadRequest(HttpContext context, MultipartReader reader, long maxBytes)
    {
        _context = context;
        _reader = reader;
        MaxBytes = maxBytes;
    }

    /// <summary>Largest file that this address takes.</summary>
    public long MaxBytes { get; }

    /// <summary>Text fields that stand before the file, as a form. Complete once <see cref="FileAsync"/> has returned.</summary>
    public FormState Fields => FormState.From(_fields);

    /// <summary>
    /// Moves to the file and returns it, or null if the person chose none. Read its stream to the end before returning an answer.
    /// </summary>
    /// <exception cref="UploadBrokenException">The upload ended early.</exception>
    public async Task<UploadedFile?> FileAsync(CancellationToken cancellation = default)
    {
        if (_reachedFile)
        {
            return _file;
        }

        while (await NextAsync(_reader, cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                throw new UploadBrokenException();
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            if (disposition.IsFileDisposition())
            {
                _reachedFile = true;
                var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
                var claimed = HeaderUtilities.RemoveQuotes(fileName).ToString();
                // A file field left empty arrives as a part without a name.
                _file = claimed.Length == 0 ? null : new UploadedFile(name, claimed, new UploadStream(section.Body, MaxBytes));
                return _file;
            }

            if (_fields.Count >= 20)
            {
                throw new RefusedFormException(RefusedForm.Unreadable);
            }

            _fields[name] = await FieldAsync(section, cancellation);
        }

        _reachedFile = true;
        return null;
    }

    internal static async Task<UploadRequest> OpenAsync(HttpContext context, UploadLimit limit, IAntiforgery antiforgery)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 128 } boundary)
        {
            throw new RefusedFormException(RefusedForm.NotAForm);
        }

        // The file is counted while it is read. A larger one is taken up to DrainBytes and thrown away: a browser that is cut off shows no answer.
        PostGuard.LimitBody(context, limit.MaxBytes + DrainBytes);
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4 * 1024 };
        var upload = new UploadRequest(context, reader, limit.MaxBytes);
        try
        {
            await upload.CheckTokenAsync(antiforgery, context.RequestAborted);
            if (request.ContentLength > limit.MaxBytes + (FormLimits.Fields * 1024L))
            {
                throw new TooLargeException(limit.Named);
            }

            return upload;
        }
        catch
        {
            await upload.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes what is left of the body, within bounds, so that the answer can be read.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_context.RequestAborted.IsCancellationRequested || _context.Request.ContentLength > MaxBytes + DrainBytes)
        {
            return;
        }

        var buffer = new byte[64 * 1024];
        long taken = 0;
        try
        {
            int read;
            while (taken < MaxBytes + DrainBytes && (read = await _context.Request.Body.ReadAsync(buffer, _context.RequestAborted)) > 0)
            {
                taken += read;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or BadHttpRequestException or InvalidOperationException)
        {
            // The sender is gone; there is nobody to answer. After a read that a reset connection broke off, the server calls the body still being read.
        }
    }

    private async Task<string> FieldAsync(MultipartSection section, CancellationToken cancellation)
    {
        using var bounded = new UploadStream(section.Body, _textBytes);
        using var text = new StreamReader(bounded);
        var value = await text.ReadToEndAsync(cancellation);
        _textBytes -= bounded.Position;
        return value;
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellation);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or BadHttpRequestException)
        {
            throw new UploadBrokenException(broken);
        }
    }

    private async Task CheckTokenAsync(IAntiforgery antiforgery, CancellationToken cancellation)
    {
        var section = await NextAsync(_reader, cancellation);
        if (section is null
            || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || !disposition.IsFormDisposition()
            || !string.Equals(HeaderUtilities.RemoveQuotes(disposition.Name).ToString(), FormLimits.TokenField, StringComparison.Ordinal))
        {
            throw new RefusedFormException(RefusedForm.Token);
        }

        // The framework looks for the token in the form: give it a form that holds the token only, so that it does not read the body.
        var token = await FieldAsync(section, cancellation);
        _context.Features.Set<IFormFeature>(new FormFeature(new FormCollection(new(StringComparer.Ordinal) { [FormLimits.TokenField] = token })));
        await PostGuard.RequireTokenAsync(_context, antiforgery);
    }
}

/// <summary>The file of an upload.</summary>
/// <param name="Field">Name of the field it was chosen in.</param>
/// <param name="ClaimedName">What the sender calls it. Never used as a path.</param>
/// <param name="Content">Throws <see cref="UploadBrokenException"/> if the sender stops early and <see cref="TooLargeException"/> beyond the limit.</param>
public sealed record UploadedFile(string Field, string ClaimedName, Stream Content);
