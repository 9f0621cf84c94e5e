using Azure.Core;
using Azure.Core.Pipeline;

namespace PolicyFlows.Azurite.Tests.Records;

/// <summary>A network that loses the answer to the next batch: the service has done it, the client sends it again.</summary>
internal sealed class LostAnswer : HttpPipelinePolicy
{
    private int losses;

    public int Sendings { get; private set; }

    public void LoseNext() => losses = 1;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (!message.Request.Uri.ToString().Contains("$batch", StringComparison.Ordinal)) return;
        Sendings++;
        if (Interlocked.Exchange(ref losses, 0) == 1) throw new IOException("The connection was closed before the answer came.");
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The store is asynchronous.");
}
