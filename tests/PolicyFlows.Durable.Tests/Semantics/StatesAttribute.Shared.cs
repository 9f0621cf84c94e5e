namespace PolicyFlows.Durable.Tests.Semantics;

/// <summary>The test says what a member of the contract means.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class StatesAttribute(Type type, params string[] members) : Attribute
{
    /// <summary>Type of the contract; a generic one without its arguments.</summary>
    public Type Type { get; } = type;

    /// <summary>Names of its members.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
