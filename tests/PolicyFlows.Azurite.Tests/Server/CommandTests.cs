using PolicyFlows.Core.Transfer;
using PolicyFlows.Server.Hosting;
using PolicyFlows.Storage;

namespace PolicyFlows.Azurite.Tests.Server;

/// <summary>The server's commands as an operator types them.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly SemaphoreSlim OneConsole = new(1, 1);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("policyflows-command-");

    private string Data => Path.Combine(folder.FullName, "data");

    private string Target => Path.Combine(folder.FullName, "export");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("verify")]
    [InlineData("export", "--to", "anywhere")]
    [InlineData]
    public async Task A_connection_string_on_a_command_line_is_refused_and_not_repeated(params string[] command)
    {
        var key = Convert.ToBase64String(new byte[32]);
        var (code, said) = await RunAsync([.. command, "--data", Data, "--evidence", $"AccountName=trust;AccountKey={key}"]);
        Assert.Equal(2, code);
        Assert.Contains("PolicyFlows__Evidence", said, StringComparison.Ordinal);
        Assert.DoesNotContain(key, said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task A_folder_is_exported_once_to_a_place_and_after_its_move_no_server_starts_on_it()
    {
        DataFolder.Open(Data, TimeProvider.System).Dispose();
        var (code, said) = await RunAsync("export", "--data", Data, "--to", Target);
        Assert.Equal(0, code);
        var export = ExportFolder.Open(Target);
        await export.CheckAsync();
        Assert.Contains(export.Sha256, said, StringComparison.Ordinal);
        Assert.Equal((ExportKinds.Demonstration, false), (export.Manifest.Kind, export.Manifest.Moved));

        (code, said) = await RunAsync("export", "--data", Data, "--to", Target, "--move");
        Assert.Equal(2, code);
        Assert.Contains("not empty", said, StringComparison.Ordinal);
        DataFolder.Open(Data, TimeProvider.System).Dispose();

        (code, _) = await RunAsync("export", "--data", Data, "--to", Target + "-2", "--move");
        Assert.Equal(0, code);
        (code, said) = await RunAsync("--data", Data, "--urls", "http://127.0.0.1:1");
        Assert.Equal(2, code);
        Assert.Contains("has moved", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_whose_server_runs_can_be_copied_but_not_moved()
    {
        using var running = DataFolder.Open(Data, TimeProvider.System);
        Assert.Equal(0, (await RunAsync("export", "--data", Data, "--to", Target)).Code);
        var (code, said) = await RunAsync("export", "--data", Data, "--to", Target + "-2", "--move");
        Assert.Equal(2, code);
        Assert.Contains("Stop it first", said, StringComparison.Ordinal);
        Assert.False(Path.Exists(Target + "-2" + Export.Unfinished));
    }

    /// <summary>The program itself, in this process; what it prints is read one at a time.</summary>
    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        await OneConsole.WaitAsync();
        var (before, errors) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        try
        {
            var shared = TextWriter.Synchronized(said);
            Console.SetOut(shared);
            Console.SetError(shared);
            var code = await Task.Run(() => (int)typeof(EmbeddedServer).Assembly.EntryPoint!.Invoke(null, [arguments])!);
            return (code, said.ToString());
        }
        finally
        {
            Console.SetOut(before);
            Console.SetError(errors);
            OneConsole.Release();
        }
    }
}
