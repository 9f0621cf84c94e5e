using Microsoft.AspNetCore.Http.Features;

namespace PolicyFlows.Web.Pipeline;

/// <summary>How much a form may hold. Upload endpoints state their own size (<see cref="Uploads"/>).</summary>
public static class FormLimits
{
    /// <summary>Name of the anti-forgery field; always the first of a form.</summary>
    public const string TokenField = "_token";

    /// <summary>Bytes of a form without a file: 512 KiB.</summary>
    public const int FormBytes = 512 * 1024;

    /// <summary>Characters of one answer. Longer ones are cut by nobody: the field's own rule refuses them beside the field.</summary>
    public const int ValueCharacters = 256 * 1024;

    /// <summary>Fields of a form.</summary>
    public const int Fields = 500;

    internal static FormOptions Options { get; } = new()
    {
        BufferBody = false,
        MemoryBufferThreshold = FormBytes,
        BufferBodyLengthLimit = FormBytes,
        MultipartBodyLengthLimit = FormBytes,
        ValueCountLimit = Fields,
        KeyLengthLimit = 256,
        ValueLengthLimit = ValueCharacters,
        MultipartHeadersCountLimit = 8,
        MultipartHeadersLengthLimit = 4 * 1024,
    };
}
