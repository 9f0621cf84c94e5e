namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>The report of abuse.</summary>
    public static partial class Report
    {
        /// <summary>First page of the report.</summary>
        public static string Start() => "/report";
    }
}
