using Azure.Core;
using Azure.Data.Tables;

namespace PolicyFlows.Storage.Tables;

/// <summary>A table account as a setting names it.</summary>
public static class TableAccount
{
    /// <summary>Its client: for an https address with the caller's identity, else by a connection string.</summary>
    public static TableServiceClient Open(string account, TokenCredential credential) =>
        account.StartsWith("https://", StringComparison.Ordinal) ? new TableServiceClient(new Uri(account), credential) : new TableServiceClient(account);
}
