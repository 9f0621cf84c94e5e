using Microsoft.Extensions.DependencyInjection;

namespace PolicyFlows.Durable.Tests;

/// <summary>Services that make scopes and count them. Each scope's activity answers with the number of its scope.</summary>
public sealed class ScopedServices : IServiceProvider, IServiceScopeFactory
{
    public int Made { get; private set; }

    public int Disposed { get; private set; }

    public object? GetService(Type serviceType) => serviceType == typeof(IServiceScopeFactory) ? this : null;

    public IServiceScope CreateScope() => new Scope(this, ++Made);

    private sealed class Scope(ScopedServices owner, int number) : IServiceScope, IServiceProvider
    {
        public IServiceProvider ServiceProvider => this;

        public object? GetService(Type serviceType) => new Numbered(number);

        public void Dispose() => owner.Disposed++;
    }

    private sealed class Numbered(int number) : TaskActivity<int, int>
    {
        public override Task<int> RunAsync(TaskActivityContext context, int input) => Task.FromResult(number);
    }
}
