using Client = Microsoft.DurableTask.Client.DurableTaskClient;

namespace PolicyFlows.Functions.Hosting;

/// <summary>The hub's client of this invocation. Functions hand one to each invocation that binds it; there is none outside.</summary>
public sealed class CurrentHub
{
    private readonly AsyncLocal<Client?> client = new();

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">Nothing was bound in this flow of calls.</exception>
    public Client Client => client.Value ?? throw new InvalidOperationException("This invocation has not bound a Durable client.");

    /// <summary>Uses a client for the rest of this flow of calls.</summary>
    public void Use(Client bound) => client.Value = bound;
}
