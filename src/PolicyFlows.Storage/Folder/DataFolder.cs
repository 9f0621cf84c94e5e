using PolicyFlows.Core.Files;

namespace PolicyFlows.Storage;

/// <summary>
/// One trust's data on one machine: policyflows.db, evidence/, mail/, keys/ and stamp.json. Opened by one process at a time.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const string LockName = "policyflows.lock";
    private const string DatabaseName = "policyflows.db";
    private const string MovedName = "moved.json";
    private static readonly string[] OwnNames = [LockName, DatabaseName, "policyflows.db.lock", "policyflows.db-wal", "policyflows.db-shm", "evidence", "mail", "keys"];

    private readonly FileLock? held;
    private readonly byte[] serverKey;
    private readonly DataFolderStamp made;
    private readonly EvidenceFiles evidence;

    private DataFolder(string path, FileLock? held, DataFolderStamp stamp, SqliteFile database, byte[] serverKey)
    {
        Path = path;
        this.held = held;
        this.serverKey = serverKey;
        made = stamp;
        Database = database;
        Records = new SqliteRecordStore(database);
        var files = In(path, "evidence");
        if (held is null)
        {
            evidence = EvidenceFiles.OpenForReading(files);
            return;
        }

        evidence = new EvidenceFiles(files);
        DurableFiles.RemoveLeftovers(MailPath);
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Stamped when the folder was made; never changes.</summary>
    public DataFolderKind Kind => made.Kind;

    /// <summary>When the folder was made, system time.</summary>
    public DateTimeOffset MadeAt => made.MadeAt;

    /// <summary>Where evidence lies if not in the folder: stamped when the folder was made, never changes. Null for <see cref="Evidence"/>.</summary>
    public string? EvidencePlace => made.Evidence;

    /// <summary>The one database, for records and engine.</summary>
    public SqliteFile Database { get; }

    /// <summary>Records in <see cref="Database"/>.</summary>
    public SqliteRecordStore Records { get; }

    /// <summary>Originals, in a folder that keeps them itself.</summary>
    /// <exception cref="InvalidOperationException">They lie elsewhere.</exception>
    public EvidenceFiles Evidence => EvidencePlace is null ? evidence : throw new InvalidOperationException("The evidence of this folder lies elsewhere.");

    /// <summary>Where a demonstration's mail goes as .eml files.</summary>
    public string MailPath => In(Path, "mail");

    /// <summary>Where the web host keeps its own key ring, readable by this account only.</summary>
    public string KeysPath => In(Path, "keys");

    /// <summary>Secret of this folder, 32 bytes. Derive from it; never log, store or send it.</summary>
    public ReadOnlyMemory<byte> ServerKey => serverKey;

    /// <summary>Opens a folder, or makes a demonstration where there is nothing yet.</summary>
    /// <param name="evidencePlace">Where the evidence of a folder that is made now will lie, if not in it; an address without secrets. Says nothing to one that is there.</param>
    /// <exception cref="DataFolderException">Not a data folder, damaged, for real use, or moved elsewhere; the message says what to do.</exception>
    /// <exception cref="StorageInUseException">Another process has it.</exception>
    /// <exception cref="StorageFailedException">The database does not open.</exception>
    public static DataFolder Open(string path, TimeProvider systemTime, SqliteSettings? settings = null, string? evidencePlace = null)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        RefuseForeign(path);
        if (File.Exists(In(path, MovedName)))
        {
            throw new DataFolderException($"'{path}' has moved to another host, and two servers would send every mail twice. If the move was given up and nothing serves it there, delete '{In(path, MovedName)}'.");
        }

        MakePrivate(path);
        var taken = FileLock.Take(In(path, LockName), path);
        SqliteFile? database = null;
        try
        {
            var stamp = ReadStamp(path);
            MakePrivate(In(path, "evidence"));
            MakePrivate(In(path, "mail"));
            var secret = Secret(In(path, "keys"), isNew: stamp is null);
            database = SqliteFile.Open(In(path, DatabaseName), settings);
            var folder = new DataFolder(path, taken, stamp ?? DataFolderStamp.Of(DataFolderKind.Demonstration, systemTime.GetUtcNow(), evidencePlace), database, secret);
            if (stamp is null)
            {
                Complete(folder);
            }

            return folder;
        }
        catch
        {
            database?.Dispose();
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Opens a folder whose server is down to export it for good; one that was exported so before can be again.</summary>
    /// <exception cref="DataFolderException">Not a data folder, damaged, or for real use.</exception>
    /// <exception cref="StorageInUseException">Its server runs.</exception>
    public static DataFolder OpenToMove(string path, TimeProvider systemTime)
    {
        OpenForReading(path).Dispose();
        var mark = In(System.IO.Path.GetFullPath(path), MovedName);
        if (!File.Exists(mark)) return Open(path, systemTime);
        // Nobody else opens it for writing while the mark is there; reading is all that an export needs.
        return OpenForReading(path);
    }

    /// <summary>Marks the folder as moved: no server opens it from now on.</summary>
    public void MarkAsMoved(DateTimeOffset at)
    {
        var mark = In(Path, MovedName);
        if (!File.Exists(mark)) DurableFiles.Write(mark, System.Text.Encoding.UTF8.GetBytes($$"""{"version":1,"movedAt":"{{at:O}}"}"""));
    }

    /// <summary>Opens a folder beside the server that owns it, for commands that only look (`verify`). Nothing can be written through it.</summary>
    /// <exception cref="DataFolderException">Not a data folder, damaged, or for real use.</exception>
    public static DataFolder OpenForReading(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var stamp = ReadStamp(path) ?? throw new DataFolderException($"'{path}' is not a data folder of PolicyFlows.");
        var secret = Storage.ServerKey.Read(In(path, "keys"));
        return new DataFolder(path, held: null, stamp, SqliteFile.OpenForReading(In(path, DatabaseName)), secret);
    }

    /// <summary>Refuses a folder whose evidence lies elsewhere than the caller would look: it would seem to be gone.</summary>
    /// <param name="place">Null for the folder itself.</param>
    /// <exception cref="DataFolderException">Says where it lies and what to do.</exception>
    public void RequireEvidenceAt(string? place)
    {
        if (place == EvidencePlace) return;
        throw new DataFolderException(EvidencePlace is null
            ? $"'{Path}' keeps its evidence in itself, and the settings name another place ({place}). Start it without PolicyFlows__Evidence and --evidence, or choose another folder with --data: a folder keeps its evidence where it began."
            : $"The evidence of '{Path}' lies at {EvidencePlace}, and the settings name {place ?? "no such place"}. Set PolicyFlows__Evidence (and PolicyFlows__Quarantine, if it is another account) to that place, or choose another folder with --data.");
    }

    /// <summary>Closes the database and lets the next process in.</summary>
    public void Dispose()
    {
        Database.Dispose();
        held?.Dispose();
    }

    /// <summary>The stamp of a folder that can be used, or null where none has been made.</summary>
    private static DataFolderStamp? ReadStamp(string path)
    {
        var stamp = DataFolderStamp.Read(path);
        if (stamp is { Kind: DataFolderKind.Real })
        {
            throw new DataFolderException($"'{path}' is for real use, which this version of PolicyFlows does not offer yet. Choose another folder with --data for a demonstration.");
        }

        if (stamp is not null && !File.Exists(In(path, DatabaseName)))
        {
            throw new DataFolderException($"'{In(path, DatabaseName)}' is missing from a folder that had one. Put it back from a backup; a new folder can be chosen with --data.");
        }

        return stamp;
    }

    private static byte[] Secret(string keysFolder, bool isNew)
    {
        MakePrivate(keysFolder);
        if (isNew && !File.Exists(Storage.ServerKey.PathIn(keysFolder)))
        {
            DurableFiles.RemoveLeftovers(keysFolder);
            Storage.ServerKey.Create(keysFolder);
        }

        return Storage.ServerKey.Read(keysFolder);
    }

    /// <summary>The stamp comes last: a folder with a stamp is complete, and one without has never held a record.</summary>
    private static void Complete(DataFolder folder)
    {
        if (folder.Database.Read(connection => connection.QueryFirst("SELECT EXISTS (SELECT 1 FROM record)", row => row.GetBoolean(0))))
        {
            throw new DataFolderException($"'{In(folder.Path, DataFolderStamp.FileName)}' is missing from a folder that holds records, so it is not known whether it is a demonstration. Put it back from a backup.");
        }

        DurableFiles.RemoveLeftovers(folder.Path);
        folder.made.Create(folder.Path);
        // The folder's own name must survive a power cut too.
        DurableFiles.FlushFolder(System.IO.Path.GetDirectoryName(folder.Path) ?? folder.Path);
    }

    /// <summary>A folder with things in it that are not ours is somebody else's.</summary>
    private static void RefuseForeign(string path)
    {
        if (File.Exists(path))
        {
            throw new DataFolderException($"'{path}' is a file. Choose a folder with --data.");
        }

        if (!Directory.Exists(path) || File.Exists(In(path, DataFolderStamp.FileName)))
        {
            return;
        }

        var foreign = Directory.EnumerateFileSystemEntries(path)
            .Select(entry => System.IO.Path.GetFileName(entry))
            .FirstOrDefault(name => !OwnNames.Contains(name, StringComparer.Ordinal) && !name.EndsWith(DurableFiles.TemporarySuffix, StringComparison.Ordinal));
        if (foreign is not null)
        {
            throw new DataFolderException($"'{path}' is not a data folder of PolicyFlows and is not empty (it holds '{foreign}'). Choose another folder with --data.");
        }
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string In(string folder, string name) => System.IO.Path.Combine(folder, name);
}
