using PolicyFlows.Core.Settings;

namespace PolicyFlows.Web.Info;

/// <summary>National helplines shown until the trust keeps a list of its own. Each says where its number comes from and that the trust has not checked it.</summary>
public static class KnownHelplines
{
    /// <summary>In the order in which a member of staff would need them.</summary>
    public static IReadOnlyList<Helpline> All { get; } =
    [
        new("Professionals Online Safety Helpline (POSH)", "0344 381 4772", "Monday to Friday, 10am to 4pm", "swgfl.org.uk")
        {
            For = "Advice for people who work with children, and a direct line to many platforms",
        },
        new("Education Support", "08000 562 561", "Day and night", "educationsupport.org.uk") { For = "Emotional support for everyone who works in education" },
        new("Samaritans", "116 123", "Day and night", "samaritans.org") { For = "Somebody to talk to, whatever it is" },
        new("NSPCC", "0808 800 5000", "See their website for hours", "nspcc.org.uk") { For = "For adults who worry about a child" },
        new("Childline", "0800 1111", "Day and night", "childline.org.uk") { For = "For children and young people" },
        new("Police", "101", "Day and night; 999 in an emergency", "police.uk") { For = "A threat or crime that is not an emergency" },
    ];
}
