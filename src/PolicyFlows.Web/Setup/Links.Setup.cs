namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>What an administrator sets up.</summary>
    public static partial class Setup
    {
        /// <summary>Route of <see cref="Person"/>.</summary>
        public const string PersonRoute = "/set-up/people/{id}";

        /// <summary>Route of <see cref="Details"/>.</summary>
        public const string DetailsRoute = PersonRoute + "/details";

        /// <summary>Route of <see cref="GiveRole"/>.</summary>
        public const string GiveRoleRoute = PersonRoute + "/roles";

        /// <summary>Route of <see cref="TakeRole"/>.</summary>
        public const string TakeRoleRoute = PersonRoute + "/roles/take";

        /// <summary>Route of <see cref="Away"/>.</summary>
        public const string AwayRoute = PersonRoute + "/away";

        /// <summary>Route of <see cref="EndAway"/>.</summary>
        public const string EndAwayRoute = PersonRoute + "/away/end";

        /// <summary>Route of <see cref="Leave"/>.</summary>
        public const string LeaveRoute = PersonRoute + "/leave";

        /// <summary>Route of <see cref="Stay"/>.</summary>
        public const string StayRoute = PersonRoute + "/stay";

        /// <summary>Route of <see cref="School"/>.</summary>
        public const string SchoolRoute = "/set-up/schools/{id}";

        /// <summary>What there is to set up, and what is missing.</summary>
        public static string Home() => "/set-up";

        /// <summary>People, found by words and school, page by page.</summary>
        public static string People(string? words = null, string? school = null, int page = 1) =>
            "/set-up/people" + Query(("q", words), ("school", school), ("page", page == 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        /// <summary>Somebody new.</summary>
        public static string NewPerson() => "/set-up/new-person";

        /// <summary>One person: roles, absences, leaving.</summary>
        public static string Person(string id) => $"/set-up/people/{Uri.EscapeDataString(id)}";

        /// <summary>Name, address, number, schools.</summary>
        public static string Details(string id) => Person(id) + "/details";

        /// <summary>Gives a role (POST).</summary>
        public static string GiveRole(string id) => Person(id) + "/roles";

        /// <summary>Takes a role (POST).</summary>
        public static string TakeRole(string id) => Person(id) + "/roles/take";

        /// <summary>Notes an absence (POST).</summary>
        public static string Away(string id) => Person(id) + "/away";

        /// <summary>Ends an absence (POST).</summary>
        public static string EndAway(string id) => Person(id) + "/away/end";

        /// <summary>The person leaves the trust.</summary>
        public static string Leave(string id) => Person(id) + "/leave";

        /// <summary>They do not leave after all, or have come back (POST).</summary>
        public static string Stay(string id) => Person(id) + "/stay";

        /// <summary>Schools, with what each lacks.</summary>
        public static string Schools() => "/set-up/schools";

        /// <summary>A new school.</summary>
        public static string NewSchool() => "/set-up/new-school";

        /// <summary>One school.</summary>
        public static string School(string id) => $"/set-up/schools/{Uri.EscapeDataString(id)}";

        /// <summary>Route of <see cref="DurationGroup"/>.</summary>
        public const string DurationGroupRoute = "/set-up/durations/{group}";

        /// <summary>The trust itself.</summary>
        public static string Trust() => "/set-up/trust";

        /// <summary>How long things take, in the trust or at a school.</summary>
        public static string Durations(string? school = null) => "/set-up/durations" + Query(("school", school));

        /// <summary>Some of them, to change.</summary>
        public static string DurationGroup(string group, string? school = null) => $"/set-up/durations/{Uri.EscapeDataString(group)}" + Query(("school", school));

        /// <summary>Who changed what.</summary>
        public static string Changes(string? after = null) => "/set-up/changes" + Query(("after", after));

        private static string Query(params (string Name, string? Value)[] parts)
        {
            var given = parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
            return given.Count == 0 ? "" : "?" + string.Join('&', given);
        }
    }
}
