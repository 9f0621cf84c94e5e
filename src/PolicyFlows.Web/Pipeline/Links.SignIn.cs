namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>Sign in by a mailed code.</summary>
    public static partial class SignIn
    {
        /// <summary>Asks for the mail address.</summary>
        public static string Start() => "/sign-in";

        /// <summary>Asks for the code.</summary>
        public static string Code() => "/sign-in/code";

        /// <summary>Takes "sign out" (POST).</summary>
        public static string Out() => "/sign-out";
    }
}
