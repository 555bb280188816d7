using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.Policy;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Admission;

public sealed class AdmissionRulesTests
{
    private static readonly CallEvent LetIn = InferredEvents.Screened(new CallFact.CallScreened(AdmissionAction.Accept), At(1));

    [Fact]
    public void A_decision_that_a_crashed_host_stored_is_settled_once_its_claim_is_free()
    {
        var crashed = new Scene(Arrived(0), Joined(1), LetIn, Held(CallEffect.Admit.ClaimKey, 1, 16), Dispatched(2));

        Assert.IsNotType<CallEffect.Admit>(crashed.DueAt(15));
        Assert.Equal(new CallEffect.Admit(), crashed.DueAt(16));
        Assert.Null(crashed.And(Done(CallEffect.Admit.ClaimKey, 16, AdmissionAction.Accept)).DueAt(17) as CallEffect.Admit);
    }

    [Fact]
    public void Also_after_the_end_of_the_call()
    {
        var crashed = new Scene(
            Arrived(0), LetIn, Held(CallEffect.Admit.ClaimKey, 1, 16), Left(5), Ended(5), Deleted(6), Asked(7));

        Assert.Equal(new CallEffect.Admit(), crashed.DueAt(16));
    }
}
