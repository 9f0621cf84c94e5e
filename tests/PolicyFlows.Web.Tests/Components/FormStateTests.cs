using PolicyFlows.Web.Components;

namespace PolicyFlows.Web.Tests.Components;

public sealed class FormStateTests
{
    [Fact]
    public void Text_is_trimmed_with_single_line_ends_and_no_control_characters()
    {
        var form = FormState.From([new("text", "  a\r\nb\0c\td\u0007 \n")]);

        Assert.Equal("a\nbc\td", form["text"]);
    }

    [Fact]
    public void A_field_that_was_not_sent_is_empty_and_known_as_absent()
    {
        var form = FormState.From([new("sent", "")]);

        Assert.Equal("", form["other"]);
        Assert.False(form.Has("other"));
        Assert.True(form.Has("sent"));
        Assert.Empty(form.All("sent"));
    }

    [Fact]
    public void Errors_keep_their_order_and_the_first_one_stands_beside_the_field()
    {
        var form = FormState.From([new("b", "xxx")]);
        form.Required("a", "Enter a");
        form.AtMost("b", 2, "B");
        form.AddError("a", "Second");

        Assert.Equal(["Enter a", "B must be 2 characters or fewer. You entered 3.", "Second"], form.Errors.Select(e => e.Message));
        Assert.Equal("Enter a", form.ErrorOf("a"));
        Assert.False(form.IsValid);
    }

    [Theory]
    [InlineData("red", "red")]
    [InlineData("green", null)]
    [InlineData("", null)]
    public void Only_an_offered_value_is_taken(string sent, string? taken)
    {
        var form = FormState.From([new("colour", sent)]);

        Assert.Equal(taken, form.OneOf("colour", ["red", "blue"], "Choose a colour"));
        Assert.Equal(taken is not null, form.IsValid);
    }

    [Fact]
    public void Several_ticked_boxes_are_all_kept()
    {
        var form = FormState.From([new("kind", "a"), new("kind", "b")]);

        Assert.Equal(["a", "b"], form.All("kind"));
        Assert.True(form.IsChosen("kind", "b"));
        Assert.False(form.IsChosen("kind", "c"));
    }
}
