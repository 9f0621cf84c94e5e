namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>Tasks of people.</summary>
    public static partial class Tasks
    {
        /// <summary>Route of <see cref="Open"/>.</summary>
        public const string OpenRoute = "/t/{token}";

        /// <summary>A mailed link. It shows reference and deadline and does nothing.</summary>
        public static string Open(string token) => $"/t/{token}";
    }
}
