using Feedback.Domain.Tallies;
using Feedback.Grains.Wire;
using Xunit;

namespace Feedback.Grains.Tests.Wire;

/// <summary>Figures that a silo of a newer release sends to one of this.</summary>
public sealed class NewerTallyTests
{
    [Fact]
    public void Figures_of_a_newer_silo_are_taken_as_far_as_they_are_known()
    {
        var told = new TallyWire { Text = """{"moods":{"calm":7},"channels":{"hologram":1,"terminal":3},"mattersFinished":2}""" };

        var taken = new TallyConverter().ConvertFromSurrogate(told);

        Assert.Equal("""{"channels":{"terminal":3},"mattersFinished":2}""", TallyText.Write(taken));
    }
}
