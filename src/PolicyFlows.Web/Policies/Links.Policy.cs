namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>The policy and what each clause does here.</summary>
    public static partial class Policy
    {
        /// <summary>The policy page.</summary>
        public static string Show() => "/policy";

        /// <summary>A clause on it; a sub-clause that has no row of its own leads to the row that speaks of it.</summary>
        public static string Clause(string number) => $"{Show()}#clause-{number.Replace('.', '-')}";
    }
}
