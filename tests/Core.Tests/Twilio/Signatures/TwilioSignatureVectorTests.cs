using VoiceFunctions.Core.LiveKit.Webhooks;

namespace VoiceFunctions.Core.Twilio.Signatures;

/// <summary>
/// Signatures that Twilio's documentation and its SDKs' own suites publish, all with the auth token 12345, and a few more from npm twilio.
/// </summary>
public sealed class TwilioSignatureVectorTests
{
    private const string Company = "https://mycompany.com";
    private const string Target = "/myapp.php?foo=1&bar=2";
    private const string Body = """{"property": "value", "boolean": true}""";
    private const string BodyHash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";

    private static readonly (string, string)[] Call =
    [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ];

    [Theory]
    [InlineData(Company, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData(Company, "kvajT1Ptam85bY51eRf/AJRuM3w=")] // signed with :443
    [InlineData("https://mycompany.com:443", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com:443", "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData("http://mycompany.com", "OyGYPqTF6ztdbRNCvuQO/oPvqQ4=")]
    [InlineData("http://mycompany.com", "0ZXoZLH/DfblKGATFgpif+LLRf4=")] // signed with :80
    [InlineData("https://mycompany.com:1234", "CYn1h0gLBdNxDGkKJg6hYohgeD8=")]
    [InlineData("https://mycompany.com:1234", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")] // voice over https signs without any port
    [InlineData("http://mycompany.com:1234", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=")]
    [InlineData("https://MyCompany.com", "g9IN/x4Cft2g517EjYvEvM/W7LU=")]
    [InlineData("https://MyCompany.com:1234", "PCqOZm8cnu/L6+u5i5fuEd+Iac4=")]
    [InlineData("http://MyCompany.com", "XY7AlKOKL6im4yWyX84gldUrtis=")]
    [InlineData("http://username:password@MyCompany.com", "XY7AlKOKL6im4yWyX84gldUrtis=")] // Twilio drops user info
    [InlineData("https://user:pass@mycompany.com", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com/#rc=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")] // and connection overrides
    public void A_published_signature_is_accepted(string publicUrl, string signature)
    {
        var request = Signed.Post(Target, signature, Call);

        Assert.Equal(TwilioVerification.Authentic, Verify(publicUrl, request));
    }

    [Theory]
    [InlineData("https://MyCompany.com", "RSOYDt4T1cUTdK1PDd93/VVr8B8=")] // another case of the host
    [InlineData(Company, "CYn1h0gLBdNxDGkKJg6hYohgeD8=")] // a port that is not configured
    [InlineData(Company, "OyGYPqTF6ztdbRNCvuQO/oPvqQ4=")] // another scheme
    [InlineData("http://username:password@MyCompany.com", "PJ08CxXr7KLPjEQCTc8LkUSMwSM=")] // signed with user info
    [InlineData("https://user:pass@mycompany.com", "CukzLTc1tT5dXEDIHm/tKBanW10=")]
    public void A_signature_of_another_URL_is_refused(string publicUrl, string signature)
    {
        var request = Signed.Post(Target, signature, Call);

        Assert.Equal(TwilioVerification.Mismatch, Verify(publicUrl, request));
    }

    [Fact]
    public void The_query_is_signed_as_it_was_sent_and_not_as_it_could_be_written()
    {
        var escaped = Signed.Post($"{Target}&Body=It%27s+amazing", "TfZzewPq8wqrGlMfyAud8+/IvJ0=", Call);
        var literal = Signed.Post($"{Target}&Body=It's+amazing", "dsq4Ehbj6cs+KdTkpF5sSSplOWw=", Call);
        var mixed = Signed.Post($"{Target}&Body=It's+amazing", "TfZzewPq8wqrGlMfyAud8+/IvJ0=", Call);

        Assert.Equal(TwilioVerification.Authentic, Verify(Company, escaped));
        Assert.Equal(TwilioVerification.Authentic, Verify(Company, literal));
        Assert.Equal(TwilioVerification.Mismatch, Verify(Company, mixed));
    }

    [Theory]
    [InlineData("+1325xxxxxxx", "+1415xxxxxxx")]
    [InlineData("+1415xxxxxxx", "+1325xxxxxxx")]
    public void A_repeated_name_counts_in_any_order(string first, string second)
    {
        var request =
            Signed.Post(Target, "83O6e2vORAoJHUNzJjDWN1jz+BA=", ("MessagingBinding.Address", first), ("MessagingBinding.Address", second));

        Assert.Equal(TwilioVerification.Authentic, Verify(Company, request));
    }

    [Fact]
    public void A_repeated_value_counts_once()
    {
        var request = Signed.Post(
            Target,
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"));

        Assert.Equal(TwilioVerification.Authentic, Verify(Company, request));
    }

    [Theory]
    [InlineData($"{Target}&bodySHA256={BodyHash}", Body, "a9nBmqA0ju/hNViExpshrM61xv4=")]
    [InlineData($"/myapp.php?bodySHA256={BodyHash}", Body, "y77kIzt2vzLz71DgmJGsen2scGs=")]
    // with :443
    [InlineData(
        $"{Target}&bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "{}",
        "Ldidvp12m26NI7eqEvxnEpkd9Hc=")]
    [InlineData(
        $"{Target}&bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        "{}",
        "rw/jVviOgicj2+kHZULvebnA4ag=")]
    public void A_body_that_is_no_form_is_signed_by_its_hash(string target, string body, string signature)
    {
        var request = Signed.PostText(target, signature, body);

        Assert.Equal(TwilioVerification.Authentic, Verify(Company, request));
    }

    [Fact]
    public void A_body_that_does_not_have_the_signed_hash_is_refused()
    {
        var request = Signed.PostText($"{Target}&bodySHA256={BodyHash}", "a9nBmqA0ju/hNViExpshrM61xv4=", Body + " ");

        Assert.Equal(TwilioVerification.BodyHashMismatch, Verify(Company, request));
    }

    [Fact]
    public void A_body_that_is_no_form_is_refused_without_its_hash()
    {
        var request = Signed.PostText(Target, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", Body);

        Assert.Equal(TwilioVerification.Mismatch, Verify(Company, request));
    }

    [Fact]
    public void The_example_of_the_documentation_is_accepted()
    {
        var request = Signed.Post(
            Target,
            "L/OH5YylLD5NRKLltdqwSvS0BnU=",
            ("Digits", "1234"),
            ("To", "+18005551212"),
            ("From", "+14158675310"),
            ("Caller", "+14158675310"),
            ("CallSid", "CA1234567890ABCDE"));

        Assert.Equal(TwilioVerification.Authentic, Verify("https://example.com", request));
    }

    [Fact]
    public void Names_and_values_outside_ASCII_are_signed_as_UTF_8()
    {
        var request =
            Signed.Post(Target, "5YPVoEQo1kT+iKFC3XDdZ7nIgqM=", [.. Call, ("FromCity", "SÃO PAULO"), ("CallerName", "Zoë 日本 😀")]);

        Assert.Equal(TwilioVerification.Authentic, Verify(Company, request));
    }

    [Fact]
    public void A_function_key_and_an_empty_field_are_part_of_the_signature()
    {
        var request = Signed.Post(
            "/api/voice?code=abc%2Fdef%3D%3D",
            "M2/9wgy0SswawbngQMu8RK2FJqo=",
            ("CallSid", "CA00000000000000000000000000000001"),
            ("From", "+15551230001"),
            ("To", "+15551230002"),
            ("CallerName", "Zoë 日本 😀"),
            ("FromCity", ""));

        Assert.Equal(TwilioVerification.Authentic, Verify("https://gw.example.com", request));
    }

    [Theory]
    [InlineData("a=1&B=2&A=3&b=4&_=5", "2m1wZuO0qjT+gI0BYM5K9dgWqSo=")] // names in ordinal order: A B _ a b
    [InlineData("Body=+a%2Bb+c+&X=", "zuP4tJnj8VMeoJ2MuZ00VYsaK+U=")] // plus is a space, nothing is trimmed
    [InlineData("&X&&Body=%20a%2bb%20c%20", "zuP4tJnj8VMeoJ2MuZ00VYsaK+U=")] // the same fields, written differently
    [InlineData("", "zYQTYrRWXE7LtzbG4PfP7/bkkGo=")]
    public void A_form_is_signed_by_what_it_says(string body, string signature)
    {
        var request = Signed.PostText(Target, signature, body);

        Assert.Equal(TwilioVerification.Authentic, Verify(Company, request));
    }

    [Fact]
    public void A_GET_is_signed_by_its_URL_alone()
    {
        var request = Signed.Request("GET", Target, "zYQTYrRWXE7LtzbG4PfP7/bkkGo=", []);

        Assert.Equal(TwilioVerification.Authentic, Verify(Company, request));
    }

    [Fact]
    public void An_empty_field_counts_by_its_name()
    {
        var with = Signed.Post(Target, "5eWcTAiF7RHLjC8x9rN5lf+Ntis=", [.. Call, ("ForwardedFrom", "")]);
        var without = Signed.Post(Target, "5eWcTAiF7RHLjC8x9rN5lf+Ntis=", Call);

        Assert.Equal(TwilioVerification.Authentic, Verify(Company, with));
        Assert.Equal(TwilioVerification.Mismatch, Verify(Company, without));
    }

    [Fact]
    public void A_path_always_has_its_slash()
    {
        var withSlash = Signed.Post("/", "DSx0jYhwqzmXeR9+SbulyCE/G04=", Call);
        var withoutSlash = Signed.Post("/", "xYCNZNurqmQjuY6/70HMUEVLIdo=", Call);

        Assert.Equal(TwilioVerification.Authentic, Verify("https://gw.example.com", withSlash));
        Assert.Equal(TwilioVerification.Authentic, Verify("https://gw.example.com/", withSlash));
        Assert.Equal(TwilioVerification.Mismatch, Verify("https://gw.example.com", withoutSlash));
    }

    private static TwilioVerification Verify(string publicUrl, Core.Http.GatewayRequest request) =>
        new TwilioSignature(publicUrl, ["12345"]).Verify(request, out _);
}
