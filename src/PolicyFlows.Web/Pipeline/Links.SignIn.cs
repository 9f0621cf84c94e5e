namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>Sign in by a mailed code.</summary>
    public static partial class SignIn
    {
        /// <summary>Asks for the mail address.</summary>
        public static string Start() => "/sign-in";
    }
}
