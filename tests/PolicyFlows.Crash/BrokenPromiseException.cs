namespace PolicyFlows.Crash;

/// <summary>Something that must hold does not.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);

/// <summary>The server was killed before it answered: the person does not know whether it was taken.</summary>
internal sealed class CutOffException() : Exception("The server was killed meanwhile.");
