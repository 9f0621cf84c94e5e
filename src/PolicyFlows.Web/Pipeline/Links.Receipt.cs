namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>The page on which a reporter follows the report.</summary>
    public static partial class Receipt
    {
        /// <summary>Asks for reference and code; with a session, shows the report's state.</summary>
        public static string Start() => "/receipt";

        /// <summary>Where the report stands.</summary>
        public static string Status() => "/receipt/status";

        /// <summary>The code was lost: asks for reference and mail address.</summary>
        public static string Lost() => "/receipt/lost-code";

        /// <summary>Asks for the mailed code of six digits.</summary>
        public static string MailedCode() => "/receipt/mailed-code";

        /// <summary>Something more: text, link. Its POST takes a file as well.</summary>
        public static string Add() => "/receipt/add";

        /// <summary>Asks what stands before the first file field: may it be a sexual image of a child?</summary>
        public static string AddFile() => "/receipt/add/file";

        /// <summary>Something more, with a file.</summary>
        public static string AddWithFile() => "/receipt/add/with-file";

        /// <summary>Takes the answer to the offer of support (POST).</summary>
        public static string Support() => "/receipt/support";

        /// <summary>Asks for the one second look.</summary>
        public static string SecondLook() => "/receipt/second-look";

        /// <summary>Takes back a "yes" to the police (POST).</summary>
        public static string WithdrawConsent() => "/receipt/police/withdraw";

        /// <summary>Forgets the report on this device (POST).</summary>
        public static string Leave() => "/receipt/leave";
    }
}
