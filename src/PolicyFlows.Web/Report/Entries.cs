using PolicyFlows.Core.Hosts;
using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Report;

/// <summary>Rules for what anybody may type into a public form. What is refused stays in its field.</summary>
internal static class Entries
{
    /// <summary>A text of one line: a name, a number. Line breaks are refused, because some of these stand in mails.</summary>
    /// <param name="what">Start of a sentence: "Your name".</param>
    public static string Line(this FormState form, string field, int characters, string what)
    {
        var value = form.AtMost(field, characters, what);
        if (value.Contains('\n', StringComparison.Ordinal)) form.AddError(field, $"{what} must be on one line");
        return value;
    }

    /// <summary>A mail address, or empty.</summary>
    public static string Address(this FormState form, string field, string what)
    {
        var value = form[field];
        if (value.Length > 0 && !IsAddress(value)) form.AddError(field, $"{what} must be an email address in the correct format, like name@school.example");
        return value;
    }

    /// <summary>A telephone number, or empty. Whatever people write beside the digits is theirs.</summary>
    public static string Telephone(this FormState form, string field, string what)
    {
        var value = form.Line(field, 40, what);
        if (value.Length > 0 && value.Count(char.IsAsciiDigit) < 3) form.AddError(field, $"{what} must be a telephone number, like 020 7946 0110");
        return value;
    }

    /// <summary>A web address, or null with an error beside the field.</summary>
    public static TargetAddress? WebAddress(this FormState form, string field)
    {
        if (form[field].Length == 0) return null;
        var (address, refusal) = TargetAddress.Normalise(form[field]);
        if (refusal is { } why)
        {
            form.AddError(field, why switch
            {
                AddressRefusal.TooLong => "The link is longer than any website uses. Copy it again, or leave it empty and describe where it is",
                AddressRefusal.NotTheWeb => "The link must start with http:// or https://. If it is something else, leave it empty and describe where it is",
                AddressRefusal.HasCredentials => "The link holds a user name or password. Remove the part before the @ sign",
                _ => "Enter a link like https://www.example.org/page, or leave it empty and describe where it is",
            });
        }

        return address;
    }

    // Deliberately narrower than RFC 5322: what mail servers take and what cannot break out of a header line.
    private static bool IsAddress(string value)
    {
        if (value.Length > 254 || value.Any(c => c is <= ' ' or > '~' or '<' or '>' or '"' or ',' or ';' or ':' or '\\' or '(' or ')' or '[' or ']')) return false;
        return value.Split('@') is [{ Length: > 0 and <= 64 } local, var domain]
            && !local.StartsWith('.') && !local.EndsWith('.') && !value.Contains("..", StringComparison.Ordinal)
            && domain.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(domain) == UriHostNameType.Dns && !domain.EndsWith('.');
    }
}
