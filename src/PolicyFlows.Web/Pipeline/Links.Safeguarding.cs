namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>A child is at risk.</summary>
    public static partial class Safeguarding
    {
        /// <summary>The safeguarding form.</summary>
        public static string Start() => "/safeguarding";

        /// <summary>The form with what was typed in a report carried over.</summary>
        public static string FromReport() => "/safeguarding?from=report";

        /// <summary>After sending: whom to telephone, and whether someone has confirmed.</summary>
        public static string Sent() => "/safeguarding/sent";
    }
}
