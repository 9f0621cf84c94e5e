namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>Being let in to read a case.</summary>
    public static partial class Access
    {
        /// <summary>Route of <see cref="Readers"/>.</summary>
        public const string ReadersRoute = Cases.ShowRoute + "/readers";

        /// <summary>Route of <see cref="End"/>.</summary>
        public const string EndRoute = ReadersRoute + "/end";

        /// <summary>The data protection officer asks to read a case, with a reason.</summary>
        public static string Ask() => "/ask-to-read";

        /// <summary>Who was let in to read a case; invites human resources.</summary>
        public static string Readers(string reference) => Cases.Show(reference) + "/readers";

        /// <summary>Ends an invitation. POST only.</summary>
        public static string End(string reference) => Readers(reference) + "/end";
    }
}
