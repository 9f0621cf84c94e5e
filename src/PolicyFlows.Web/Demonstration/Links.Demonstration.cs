namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>What only a demonstration has.</summary>
    public static partial class Demonstration
    {
        /// <summary>Route of <see cref="Clock"/>.</summary>
        public const string ClockRoute = "/demo/clock";

        /// <summary>Route of <see cref="Message"/>.</summary>
        public const string MessageRoute = "/mailbox/{name}";

        /// <summary>All made-up people, to sign in as one of them.</summary>
        public static string SignInAs() => "/demo/sign-in-as";

        /// <summary>Moves the clock (POST) and goes back to where it was pressed.</summary>
        public static string Clock(string back) => $"{ClockRoute}?back={Uri.EscapeDataString(back)}";

        /// <summary>The mails that would have been sent, newest first; of one recipient when given.</summary>
        public static string Mailbox(string? to = null) => to is null ? "/mailbox" : $"/mailbox?to={Uri.EscapeDataString(to)}";

        /// <summary>One mail.</summary>
        public static string Message(string name) => $"/mailbox/{name}";
    }
}
