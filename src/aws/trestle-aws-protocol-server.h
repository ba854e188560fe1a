/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-protocol.h"

G_BEGIN_DECLS

/*
 * The other end of the wire, for the practice account: finds the operation a request means, reads
 * its input, checks it as AWS does and writes the answer. Values are JSON as in
 * trestle-aws-protocol.h.
 */

/**
 * trestle_aws_protocol_route:
 * @request: method, path, query, headers and body as they came
 * @path_members: (out) (optional) (transfer full) (element-type utf8 utf8): the members the path
 *   names, decoded ("EndpointName" → "iris"); empty for other protocols
 *
 * Finds the operation of @model by X-Amz-Target (JSON), Action (Query) or method and path (REST).
 *
 * Returns: (transfer none) (nullable): the operation; %NULL where @request is none of this service
 */
const TrestleAwsOperation *trestle_aws_protocol_route (const TrestleAwsModel *model,
                                                       const TrestleAwsHttp *request,
                                                       GHashTable **path_members);

/**
 * trestle_aws_protocol_read_request:
 * @path_members: (nullable): from trestle_aws_protocol_route()
 * @payload: (out) (optional) (nullable) (transfer full): the body of a blob operation
 *
 * Returns: (transfer full) (nullable): the input as a JSON object; else an error of
 *   %TRESTLE_AWS_ERROR
 *   whose details carry AWS's code: SerializationException, MalformedXML, MalformedQueryString
 */
JsonNode *trestle_aws_protocol_read_request (const TrestleAwsModel *model,
                                             const TrestleAwsOperation *operation,
                                             const TrestleAwsHttp *request,
                                             GHashTable *path_members,
                                             GBytes **payload,
                                             GError **error);

/**
 * trestle_aws_model_validate:
 * @shape: the operation's input
 * @input: (nullable): an object read by trestle_aws_protocol_read_request()
 * @problem: (out) (transfer full): in AWS's words: "1 validation error detected: Value
 *   'ml.zz.large'
 *   at 'productionVariants.1.member.instanceType' failed to satisfy constraint: Member must satisfy
 *   enum value set: […]"
 *
 * Checks that every member is known, of its type, there where required, and within length, range,
 * pattern, enum and union. The payload member of a blob operation is not looked at.
 *
 * Returns: whether all is well
 */
gboolean trestle_aws_model_validate (const TrestleAwsModel *model,
                                     const TrestleAwsShape *shape,
                                     JsonNode *input,
                                     char **problem);

/**
 * trestle_aws_protocol_write_response:
 * @output: (nullable): the output's members; what the model does not know is left out
 * @payload: (nullable): the body of a blob operation
 * @request_id: what goes into the service's request id header (and the XML)
 *
 * Returns: (transfer full): the answer with status, headers and body
 */
TrestleAwsHttp *trestle_aws_protocol_write_response (const TrestleAwsModel *model,
                                                     const TrestleAwsOperation *operation,
                                                     JsonNode *output,
                                                     GBytes *payload,
                                                     const char *request_id);

/**
 * trestle_aws_protocol_write_error:
 * @code: AWS's code, "ValidationException"
 * @status: HTTP status; 0: the one of the model's exception, or 400
 * @message: (nullable): the text
 * @members: (nullable): further members of the exception ("reason", "OriginalStatusCode")
 *
 * Returns: (transfer full): the answer in the service's own error form
 */
TrestleAwsHttp *trestle_aws_protocol_write_error (const TrestleAwsModel *model,
                                                  const char *code,
                                                  guint status,
                                                  const char *message,
                                                  JsonNode *members,
                                                  const char *request_id);

G_END_DECLS
