namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>The reporter's own page.</summary>
    public static partial class Receipt
    {
        /// <summary>Asks for reference and receipt code.</summary>
        public static string Start() => "/receipt";
    }
}
