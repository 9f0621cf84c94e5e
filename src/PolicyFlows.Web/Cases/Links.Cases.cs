using System.Globalization;

namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>Cases: incidents and safeguarding concerns, by reference.</summary>
    public static partial class Cases
    {
        /// <summary>Route of <see cref="Show"/>.</summary>
        public const string ShowRoute = "/cases/{reference}";

        /// <summary>Route of <see cref="Chain"/>.</summary>
        public const string ChainRoute = ShowRoute + "/chain";

        /// <summary>Route of <see cref="Close"/>.</summary>
        public const string CloseRoute = ShowRoute + "/close";

        /// <summary>Route of <see cref="AddTarget"/>.</summary>
        public const string AddTargetRoute = ShowRoute + "/targets/new";

        /// <summary>Route of <see cref="AddRoute"/>.</summary>
        public const string AddRouteRoute = ShowRoute + "/routes/new";

        /// <summary>Route of <see cref="Reply"/>.</summary>
        public const string ReplyRoute = ShowRoute + "/targets/{no:int}/reply";

        /// <summary>Route of <see cref="Evidence"/>.</summary>
        public const string EvidenceRoute = ShowRoute + "/evidence/{no:int}";

        /// <summary>The case page.</summary>
        public static string Show(string reference) => $"/cases/{reference}";

        /// <summary>A part of the case page.</summary>
        public static string Section(string reference, string id) => $"{Show(reference)}#{id}";

        /// <summary>Follows the hash chain of the timeline and says whether it holds.</summary>
        public static string Chain(string reference) => Show(reference) + "/chain";

        /// <summary>What is still open; closes when nothing is.</summary>
        public static string Close(string reference) => Show(reference) + "/close";

        /// <summary>One more page, post or message that is to disappear.</summary>
        public static string AddTarget(string reference) => Show(reference) + "/targets/new";

        /// <summary>One more route beside those that run.</summary>
        public static string AddRoute(string reference) => Show(reference) + "/routes/new";

        /// <summary>What a host replied.</summary>
        public static string Reply(string reference, int no) => string.Create(CultureInfo.InvariantCulture, $"{Show(reference)}/targets/{no}/reply");

        /// <summary>An evidence item: facts and custody; its POST downloads the original.</summary>
        public static string Evidence(string reference, int no) => string.Create(CultureInfo.InvariantCulture, $"{Show(reference)}/evidence/{no}");
    }
}
