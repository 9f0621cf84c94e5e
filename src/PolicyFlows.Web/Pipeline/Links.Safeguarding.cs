namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>A child is at risk.</summary>
    public static partial class Safeguarding
    {
        /// <summary>The safeguarding form.</summary>
        public static string Start() => "/safeguarding";
    }
}
