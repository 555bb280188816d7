// Answers with npm twilio. One question per line in, one answer per line out:
//   {op:"sign", token, url, params}                  -> {signature}   params: {name: value | [values]}
//   {op:"signBody", token, url, body}                -> {signature, url}   url with bodySHA256 appended
//   {op:"validate", token, url, params, signature}   -> {valid}
//   {op:"dialSip", …}, {op:"dialNumber", …}, {op:"say", …}, {op:"askForKey", …}, {op:"hangup"}, {op:"empty"} -> {xml}
import { createInterface } from "node:readline";
import twilio from "twilio";
import webhooks from "twilio/lib/webhooks/webhooks.js";

const { getExpectedTwilioSignature, getExpectedBodyHash, validateRequest } = webhooks;
const respond = (build) => {
  const response = new twilio.twiml.VoiceResponse();
  build(response);
  return { xml: response.toString() };
};
const spoken = (voice, language) => ({ ...(voice === null ? {} : { voice }), ...(language === null ? {} : { language }) });

const answers = {
  sign: ({ token, url, params }) => ({ signature: getExpectedTwilioSignature(token, url, params) }),
  signBody: ({ token, url, body }) => {
    const hashed = `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${getExpectedBodyHash(body)}`;
    return { url: hashed, signature: getExpectedTwilioSignature(token, hashed, {}) };
  },
  validate: ({ token, url, params, signature }) => ({ valid: validateRequest(token, signature, url, params) }),
  dialSip: ({ timeout, timeLimit, action, username, password, statusCallback, uri }) =>
    respond((response) =>
      response
        .dial({ answerOnBridge: true, timeout, timeLimit, action, method: "POST" })
        .sip(
          {
            ...(username === null ? {} : { username, password }),
            statusCallback,
            statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
            statusCallbackMethod: "POST",
          },
          uri,
        ),
    ),
  dialNumber: ({ timeout, callerId, action, url, number }) =>
    respond((response) =>
      response
        .dial({
          answerOnBridge: true,
          timeout,
          ...(callerId === null ? {} : { callerId }),
          ...(action === null ? {} : { action, method: "POST" }),
        })
        .number(url === null ? {} : { url, method: "POST" }, number),
    ),
  say: ({ text, voice, language }) =>
    respond((response) => {
      response.say(spoken(voice, language), text);
      response.hangup();
    }),
  askForKey: ({ text, voice, language, timeout, action }) =>
    respond((response) => {
      response.gather({ numDigits: 1, timeout, action, method: "POST" }).say(spoken(voice, language), text);
      response.hangup();
    }),
  hangup: () => respond((response) => response.hangup()),
  empty: () => respond(() => {}),
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers[question.op](question))}\n`);
}
