using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PolicyFlows.Core.People;
using PolicyFlows.Core.Settings;

namespace PolicyFlows.Web.Tests.Support;

/// <summary>What a test needs of the program, where that is not what every test has.</summary>
public sealed record ProgramNeeds
{
    /// <summary>When the story begins.</summary>
    public DateTimeOffset At { get; init; } = Moments.SundayNight;

    /// <summary>Changes to the made-up trust.</summary>
    public Func<TrustDirectory, TrustDirectory>? Directory { get; init; }

    /// <summary>False for services alone: quicker, for stories that are told many times.</summary>
    public bool Pages { get; init; } = true;

    /// <summary>Records and engine in a SQLite file as on the server; else in memory, which is quicker and refuses the same.</summary>
    public bool Sqlite { get; init; }

    /// <summary>A demonstration has a mailbox, a clock that can be moved, and people who sign in without a code.</summary>
    public FolderKind Kind { get; init; } = FolderKind.Real;

    /// <summary>The records, which the test brings, have a trust already; else a made-up one is written.</summary>
    public bool HasTrust { get; init; }

    /// <summary>How requests come to the pages, where it is not the server's way.</summary>
    public Action<IApplicationBuilder>? Serve { get; init; }

    /// <summary>More services.</summary>
    public Action<IServiceCollection>? More { get; init; }
}
