namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>The report of abuse.</summary>
    public static partial class Report
    {
        /// <summary>First page of the report.</summary>
        public static string Start() => "/report";

        /// <summary>Which school, and for whom.</summary>
        public static string School(bool change = false) => Step("school", change);

        /// <summary>What happened.</summary>
        public static string What(bool change = false) => Step("what", change);

        /// <summary>Where it is: links, names, numbers.</summary>
        public static string Where(bool change = false) => Step("where", change);

        /// <summary>Takes one of the targets out again (POST).</summary>
        public static string RemoveTarget(bool change = false) => Step("where/remove", change);

        /// <summary>Screenshots and recordings.</summary>
        public static string Files(bool change = false) => Step("files", change);

        /// <summary>Takes the answer about images of children (POST).</summary>
        public static string Images(bool change = false) => Step("files/images", change);

        /// <summary>Takes one file (POST).</summary>
        public static string Upload(bool change = false) => Step("files/upload", change);

        /// <summary>Takes a file out again (POST).</summary>
        public static string RemoveFile(bool change = false) => Step("files/remove", change);

        /// <summary>The reporter's name and address.</summary>
        public static string You(bool change = false) => Step("you", change);

        /// <summary>Who will read it, and whether one of them is involved.</summary>
        public static string People(bool change = false) => Step("people", change);

        /// <summary>The answers, and the button that sends them.</summary>
        public static string Check() => "/report/check";

        /// <summary>Takes the report (POST).</summary>
        public static string Send() => "/report/send";

        /// <summary>Throws the unsent report away (POST).</summary>
        public static string Discard() => "/report/discard";

        /// <summary>After sending: reference, receipt code, who reads it by when.</summary>
        public static string Sent() => "/report/sent";

        private static string Step(string name, bool change) => $"/report/{name}{(change ? "?change=1" : "")}";
    }
}
