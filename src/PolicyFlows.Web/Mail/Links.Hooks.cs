namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>Addresses that other services post to.</summary>
    public static class Hooks
    {
        /// <summary>SendGrid's signed event webhook (POST).</summary>
        public static string SendGrid() => "/hooks/sendgrid";
    }
}
