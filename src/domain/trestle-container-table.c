/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "trestle-domain"

#include "domain/trestle-container-table.h"

#include "trestle-config.h"
#include <glib/gi18n-lib.h>

/* SageMaker's contract with a container, from its developer guide and AWS Marketplace's own. */
static const TrestleContainerRow rows[TRESTLE_N_CONTAINER_CHECKS] = {
  [TRESTLE_CHECK_PLATFORM] = { "platform", TRESTLE_SEVERITY_ERROR, N_ ("linux/amd64, one platform"),
                               N_ ("Build for linux/amd64 alone, without attestations: --platform linux/amd64 "
                                   "--provenance=false --sbom=false.") },
  [TRESTLE_CHECK_ENTRY_POINT] = { "entry-point", TRESTLE_SEVERITY_ERROR,
                                  N_ ("Entry point takes “serve”"),
                                  N_ ("Give the image an ENTRYPOINT in exec form, a list of words: SageMaker starts it with "
                                      "the one argument “serve”, and a shell would swallow SIGTERM.") },
  [TRESTLE_CHECK_PORTS] = { "ports", TRESTLE_SEVERITY_WARNING, N_ ("Exposes port 8080 alone"),
                            N_ ("Leave only EXPOSE 8080 in the image’s recipe.") },
  [TRESTLE_CHECK_IMAGE_SIZE] = { "image-size", TRESTLE_SEVERITY_INFO, N_ ("Size of the image"),
                                 N_ ("Use a smaller base, and leave caches and build tools out: every start of an endpoint "
                                     "loads the whole image.") },
  [TRESTLE_CHECK_CREDENTIALS] = { "credentials", TRESTLE_SEVERITY_WARNING,
                                  N_ ("No credentials in the image"),
                                  N_ ("Remove them, make them invalid where they come from, and build the image anew: a later "
                                      "layer hides a file and does not take it away.") },
  [TRESTLE_CHECK_WEIGHTS] = { "weights", TRESTLE_SEVERITY_INFO, N_ ("Weights outside the image"),
                              N_ ("Put the weights into the model’s archive, so that a new version does not need a new "
                                  "image.") },
  [TRESTLE_CHECK_ARCHIVE] = { "archive", TRESTLE_SEVERITY_ERROR,
                              N_ ("Archive members stay in their folder"),
                              N_ ("Pack it anew from inside the model’s folder: tar -czf model.tar.gz -C FOLDER .") },
  [TRESTLE_CHECK_VULNERABILITIES] = { "vulnerabilities", TRESTLE_SEVERITY_ERROR,
                                      N_ ("No critical or high vulnerability"),
                                      N_ ("Update the base image and the packages named: AWS stops a version on any critical or "
                                          "high one.") },
  [TRESTLE_CHECK_TRAINING] = { "training", TRESTLE_SEVERITY_ERROR, N_ ("Trains on sample data"),
                               N_ ("Started with “train”, it has to read /opt/ml/input, write the model to /opt/ml/model "
                                   "and end with 0.") },
  [TRESTLE_CHECK_TRAINING_FAILURE] = { "training-failure", TRESTLE_SEVERITY_ERROR,
                                       N_ ("Says why training failed"),
                                       N_ ("On bad data, write the reason to /opt/ml/output/failure and end with another status "
                                           "than 0.") },
  [TRESTLE_CHECK_STARTS] = { "starts", TRESTLE_SEVERITY_ERROR, N_ ("Starts with “serve”"),
                             N_ ("It has to stay running when it is started with the one argument “serve”, as root and "
                                 "without a network.") },
  [TRESTLE_CHECK_READY] = { "ready", TRESTLE_SEVERITY_ERROR, N_ ("Ready in time"),
                            N_ ("Answer GET /ping on port 8080 with 200 as soon as the model is loaded, within eight "
                                "minutes; with 503 until then.") },
  [TRESTLE_CHECK_LOADING] = { "loading", TRESTLE_SEVERITY_WARNING, N_ ("Says that it is loading"),
                              N_ ("Answer /ping with 503 while the model loads, and with 200 only when a call would "
                                  "work.") },
  [TRESTLE_CHECK_PING] = { "ping", TRESTLE_SEVERITY_ERROR, N_ ("Healthy on /ping"),
                           N_ ("Answer /ping with 200 within two seconds, from memory, and never behind a call that "
                               "is being computed.") },
  [TRESTLE_CHECK_INVOCATIONS] = { "invocations", TRESTLE_SEVERITY_ERROR,
                                  N_ ("Answers every declared type"),
                                  N_ ("POST /invocations has to answer each type that the package declares with 200 within "
                                      "60 seconds.") },
  [TRESTLE_CHECK_RESPONSE_TYPE] = { "response-type", TRESTLE_SEVERITY_ERROR,
                                    N_ ("Answers with the type that was asked for"),
                                    N_ ("Set Content-Type on every answer, to one of the types that the package declares and "
                                        "that Accept asks for.") },
  [TRESTLE_CHECK_FIELDS] = { "returned-fields", TRESTLE_SEVERITY_ERROR,
                             N_ ("Answers have the promised fields"),
                             N_ ("Put each field that the listing says is always returned into every answer, or "
                                 "say in the listing that it may be missing.") },
  [TRESTLE_CHECK_ATTRIBUTES] = { "attributes", TRESTLE_SEVERITY_WARNING,
                                 N_ ("Takes custom attributes"),
                                 N_ ("Read X-Amzn-SageMaker-Custom-Attributes, and pass over attributes that the container "
                                     "does not know.") },
  [TRESTLE_CHECK_METERING] = { "metering", TRESTLE_SEVERITY_ERROR, N_ ("Meters what was used"),
                               N_ ("Send X-Amzn-Inference-Metering as {\"Dimension\": \"inference.count\", "
                                   "\"ConsumedUnits\": 1}, with a whole number above 0, on good answers alone.") },
  [TRESTLE_CHECK_STREAM] = { "stream", TRESTLE_SEVERITY_WARNING, N_ ("Streams its answer"),
                             N_ ("Send the answer in chunks as it comes into being, and flush after each.") },
  [TRESTLE_CHECK_EXECUTION_PARAMETERS] = { "execution-parameters", TRESTLE_SEVERITY_WARNING,
                                           N_ ("Settings for batch jobs"),
                                           N_ ("Answer GET /execution-parameters with {\"MaxConcurrentTransforms\": 1, "
                                               "\"BatchStrategy\": \"MULTI_RECORD\", \"MaxPayloadInMB\": 6}, or with 404.") },
  [TRESTLE_CHECK_MULTI_RECORD] = { "multi-record", TRESTLE_SEVERITY_ERROR,
                                   N_ ("One answer a record"),
                                   N_ ("A batch job sends several lines at once: answer with one result for each, in their "
                                       "order, or name SINGLE_RECORD in /execution-parameters.") },
  [TRESTLE_CHECK_CONCURRENCY] = { "concurrency", TRESTLE_SEVERITY_WARNING,
                                  N_ ("Healthy under load"),
                                  N_ ("Serve /ping from another thread or process than the calls, and let several calls wait "
                                      "their turn.") },
  [TRESTLE_CHECK_PAYLOAD] = { "payload", TRESTLE_SEVERITY_WARNING, N_ ("Largest request"),
                              N_ ("Let the web server take 25 MB, or refuse more than the model can use with 413.") },
  [TRESTLE_CHECK_UNKNOWN_PATH] = { "unknown-path", TRESTLE_SEVERITY_WARNING,
                                   N_ ("404 on an unknown path"),
                                   N_ ("Answer only /ping, /invocations and /execution-parameters, and all else with 404.") },
  [TRESTLE_CHECK_UNSUPPORTED_TYPE] = { "unsupported-type", TRESTLE_SEVERITY_WARNING,
                                       N_ ("Refuses a type it does not know"),
                                       N_ ("Answer a Content-Type that the model does not take with 415.") },
  [TRESTLE_CHECK_INVALID_INPUT] = { "invalid-input", TRESTLE_SEVERITY_WARNING,
                                    N_ ("Refuses wrong input"),
                                    N_ ("Answer input that cannot be read with 400 and a text that tells the buyer what is "
                                        "wrong: 200 bills for it, and 500 reads as a fault of the model.") },
  [TRESTLE_CHECK_RECOVERY] = { "recovery", TRESTLE_SEVERITY_WARNING,
                               N_ ("Healthy after wrong input"),
                               N_ ("Catch the errors of a single call, so that the next one finds a working server.") },
  [TRESTLE_CHECK_NETWORK] = { "network", TRESTLE_SEVERITY_ERROR, N_ ("Needs no network"),
                              N_ ("Put everything into the image or the model’s archive: in a buyer’s account the "
                                  "container has no network at all.") },
  [TRESTLE_CHECK_MODEL_FOLDER] = { "model-folder", TRESTLE_SEVERITY_ERROR,
                                   N_ ("Read-only model folder"),
                                   N_ ("Write scratch files to /tmp: /opt/ml/model is read-only while it serves.") },
  [TRESTLE_CHECK_WRITES] = { "writes", TRESTLE_SEVERITY_WARNING, N_ ("Writes to /tmp alone"),
                             N_ ("Keep caches and logs in /tmp, and send messages to standard output.") },
  [TRESTLE_CHECK_STOP] = { "stop", TRESTLE_SEVERITY_WARNING, N_ ("Stops on SIGTERM"),
                           N_ ("Handle SIGTERM and end within 30 seconds; with an ENTRYPOINT in exec form the signal "
                               "reaches the program.") },
  [TRESTLE_CHECK_BATCH] = { "batch", TRESTLE_SEVERITY_ERROR, N_ ("Same answers in a batch job"),
                            N_ ("Answer alike whether SAGEMAKER_BATCH is set or not: AWS certifies "
                                "a package by a batch job.") },
  [TRESTLE_CHECK_NO_MODEL] = { "no-model", TRESTLE_SEVERITY_WARNING,
                               N_ ("/ping looks at the model"),
                               N_ ("Let /ping answer 200 only when the model is loaded: without one it must not.") },
};

const TrestleContainerRow *
trestle_container_row (TrestleContainerCheckId id)
{
  g_return_val_if_fail (id < TRESTLE_N_CONTAINER_CHECKS, &rows[0]);
  return &rows[id];
}

TrestleContainerCheckId
trestle_container_find (const char *id)
{
  for (guint i = 0; id != NULL && i < TRESTLE_N_CONTAINER_CHECKS; i++)
    if (g_str_equal (rows[i].id, id))
      return (TrestleContainerCheckId) i;
  return TRESTLE_N_CONTAINER_CHECKS;
}

TrestleContainerCheck *
trestle_container_check_new (TrestleContainerCheckId id,
                             TrestleCheckState state,
                             const char *title,
                             const char *figure,
                             const char *reason)
{
  const TrestleContainerRow *row = trestle_container_row (id);

  return g_object_new (TRESTLE_TYPE_CONTAINER_CHECK, "id", row->id, "state", state, "severity",
                       row->severity, "title", title != NULL ? title : _ (row->asks), "figure",
                       figure, "reason", reason, "remedy",
                       state == TRESTLE_CHECK_STATE_FAILED ? _ (row->remedy) : NULL, NULL);
}
