using PolicyFlows.Core.Records;

namespace PolicyFlows.Core.Tests.Records;

public sealed class InMemoryRecordStoreTests : RecordStoreContract
{
    protected override IRecordStore Store { get; } = new InMemoryRecordStore();
}
