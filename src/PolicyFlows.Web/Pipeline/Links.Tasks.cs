namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>Tasks and the links that mails carry.</summary>
    public static partial class Tasks
    {
        /// <summary>Route of <see cref="Open"/>.</summary>
        public const string OpenRoute = "/t/{token}";

        /// <summary>The link of a mail: reference and deadline, no content.</summary>
        public static string Open(string token) => $"/t/{token}";

        /// <summary>Route of <see cref="OpenCode"/>.</summary>
        public const string OpenCodeRoute = "/t/{token}/code";

        /// <summary>Asks for the code that was mailed to the holder of the link.</summary>
        public static string OpenCode(string token) => $"/t/{token}/code";

        /// <summary>Route of <see cref="FreshLink"/>.</summary>
        public const string FreshLinkRoute = "/t/{token}/fresh";

        /// <summary>Takes "mail me a fresh link" (POST) and shows that it was taken.</summary>
        public static string FreshLink(string token) => $"/t/{token}/fresh";

        /// <summary>Route of <see cref="Task"/>.</summary>
        public const string TaskRoute = "/tasks/{caseId}/{taskId}";

        /// <summary>A task, for its holder.</summary>
        public static string Task(string caseId, string taskId) => $"/tasks/{caseId}/{taskId}";

        /// <summary>Route of <see cref="Done"/>.</summary>
        public const string DoneRoute = "/tasks/{caseId}/{taskId}/done";

        /// <summary>What happens next, for whoever has just answered.</summary>
        public static string Done(string caseId, string taskId) => $"/tasks/{caseId}/{taskId}/done";

        /// <summary>Route of <see cref="Concerns"/>.</summary>
        public const string ConcernsRoute = "/tasks/{caseId}/{taskId}/concerns-me";

        /// <summary>"This concerns me": confirmed on a page of its own.</summary>
        public static string Concerns(string caseId, string taskId) => $"/tasks/{caseId}/{taskId}/concerns-me";

        /// <summary>Route of <see cref="Reply"/>.</summary>
        public const string ReplyRoute = "/tasks/{caseId}/{taskId}/reply";

        /// <summary>Takes what a host replied (POST).</summary>
        public static string Reply(string caseId, string taskId) => $"/tasks/{caseId}/{taskId}/reply";

        /// <summary>Route of <see cref="ReplyDone"/>.</summary>
        public const string ReplyDoneRoute = "/tasks/{caseId}/{taskId}/reply/done";

        /// <summary>Confirms that a reply was recorded.</summary>
        public static string ReplyDone(string caseId, string taskId) => $"/tasks/{caseId}/{taskId}/reply/done";

        /// <summary>Route of <see cref="Impossible"/>.</summary>
        public const string ImpossibleRoute = "/tasks/{caseId}/{taskId}/cannot-be-removed";

        /// <summary>"It cannot be removed, because": a page of its own.</summary>
        public static string Impossible(string caseId, string taskId) => $"/tasks/{caseId}/{taskId}/cannot-be-removed";
    }
}
