// Members of Twilio.
#nullable disable
using VoiceFunctions.ApiStubs;

namespace Twilio.Http
{
    public abstract class HttpClient;

    public class SystemNetHttpClient : HttpClient
    {
        public SystemNetHttpClient(System.Net.Http.HttpClient httpClient = null) => throw Stub.Called();
    }
}

namespace Twilio.Clients
{
    public interface ITwilioRestClient
    {
        string AccountSid { get; }
    }

    public class TwilioRestClient : ITwilioRestClient
    {
        public TwilioRestClient(string username, string password, string accountSid = null, string region = null, Http.HttpClient httpClient = null, string edge = null) =>
            throw Stub.Called();

        public string AccountSid => throw Stub.Called();
    }
}

namespace Twilio.Types
{
    public class Twiml
    {
        public Twiml(string twiml) => throw Stub.Called();
    }
}

namespace Twilio.Exceptions
{
    public class TwilioException : Exception
    {
        public TwilioException()
        {
        }

        public TwilioException(string message)
            : base(message)
        {
        }

        public TwilioException(string message, Exception exception)
            : base(message, exception)
        {
        }
    }

    public class ApiException(string message) : TwilioException(message)
    {
        public int Code => throw Stub.Called();

        public int Status => throw Stub.Called();
    }

    public class ApiConnectionException(string message) : TwilioException(message);
}

namespace Twilio.Rest.Api.V2010.Account
{
    public class CallResource
    {
        private CallResource() => throw Stub.Called();

        public static Task<CallResource> UpdateAsync(UpdateCallOptions options, Clients.ITwilioRestClient client = null) => throw Stub.Called();

        public sealed class UpdateStatusEnum
        {
            private UpdateStatusEnum() => throw Stub.Called();

            public static readonly UpdateStatusEnum Canceled;

            public static readonly UpdateStatusEnum Completed;
        }
    }

    public class UpdateCallOptions
    {
        public UpdateCallOptions(string pathSid) => throw Stub.Called();

        public CallResource.UpdateStatusEnum Status { get; set; }

        public Types.Twiml Twiml { get; set; }
    }
}
