using Azure.Core;
using Azure.Data.Tables;

namespace PolicyFlows.Storage.Tables;

/// <summary>A table account as a setting names it.</summary>
public static class TableAccount
{
    /// <summary>Its client: for an https address with the caller's identity, else by a connection string.</summary>
    /// <exception cref="FormatException">It is neither; the message does not hold it.</exception>
    public static TableServiceClient Open(string account, TokenCredential credential)
    {
        TableServiceClient? client = null;
        try
        {
            client = account.StartsWith("https://", StringComparison.Ordinal) ? new TableServiceClient(new Uri(account), credential) : new TableServiceClient(account);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException or InvalidOperationException)
        {
            // Said below without the cause: its words may hold a part of the value.
        }

        return client ?? throw new FormatException("PolicyFlows__Records is neither the https address of a storage account nor a connection string.");
    }
}
