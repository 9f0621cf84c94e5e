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

        /// <summary>Where the platform comes back to after signing in with a work account.</summary>
        public static string Work() => "/sign-in/work";

        /// <summary>Takes "sign out" (POST).</summary>
        public static string Out() => "/sign-out";

        /// <summary>Ends the work account's sign-in on this device, after the session has ended.</summary>
        public static string SignedOut() => "/sign-out/work";

        /// <summary>The platform's own address that signs in with a work account (App Service authentication).</summary>
        /// <param name="back">Address of this program.</param>
        public static string Platform(string back) => "/.auth/login/aad?post_login_redirect_uri=" + Uri.EscapeDataString(Own(back));

        /// <summary>The platform's own address that signs a work account out.</summary>
        /// <param name="back">Address of this program.</param>
        public static string PlatformOut(string back) => "/.auth/logout?post_logout_redirect_uri=" + Uri.EscapeDataString(Own(back));

        private static string Own(string address) => IsOwn(address) ? address : throw new ArgumentException("Only addresses of this program come back.", nameof(address));
    }
}
