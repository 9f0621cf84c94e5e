namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>A signed-in person's own page.</summary>
    public static partial class Dashboard
    {
        /// <summary>Own tasks, incidents and clocks.</summary>
        public static string Home() => "/dashboard";
    }
}
