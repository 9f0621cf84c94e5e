namespace PolicyFlows.Web.Pipeline;

public static partial class Links
{
    /// <summary>How the program itself is doing.</summary>
    public static partial class Operations
    {
        /// <summary>Route of <see cref="Instance"/>.</summary>
        public const string InstanceRoute = "/operations/instances/{id}";

        /// <summary>Route of <see cref="Act"/>.</summary>
        public const string ActRoute = InstanceRoute + "/{act}";

        /// <summary>For machines: one word per part.</summary>
        public static string Health() => "/health";

        /// <summary>The operator page, filtered by status, from an id on.</summary>
        public static string Show(string? status = null, string? after = null) =>
            "/operations" + (status is null && after is null ? "" : "?" + string.Join('&', new[] { Part("status", status), Part("after", after) }.OfType<string>()));

        /// <summary>One orchestration.</summary>
        public static string Instance(string id) => $"/operations/instances/{Uri.EscapeDataString(id)}";

        /// <summary>Takes "retry", "terminate" or "purge" (POST).</summary>
        public static string Act(string id, string act) => $"{Instance(id)}/{act}";

        private static string? Part(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";
    }
}
