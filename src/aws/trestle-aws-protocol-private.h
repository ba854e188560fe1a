/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "aws/trestle-aws-error.h"
#include "aws/trestle-aws-protocol.h"
#include "aws/trestle-aws-signer.h"
#include "base/trestle-json.h"

G_BEGIN_DECLS

/*
 * What both ends of the wire share: values as text, bodies by shape in both directions, and where
 * the members of a REST operation go.
 */

/* Deeper nesting than any service has; it keeps hostile bodies off a fiber's small stack. */
#define TRESTLE_AWS_MAX_DEPTH TRESTLE_JSON_MAX_DEPTH

/* Failures inside are G_IO_ERROR_INVALID_DATA with a text that starts with the path of the member;
 * each end turns them into its own error. */

/** trestle_aws_time_format: by member, by shape, else @fallback */
TrestleAwsTimeFormat trestle_aws_time_format (const TrestleAwsMember *member,
                                              const TrestleAwsShape *shape,
                                              TrestleAwsTimeFormat fallback);

/** trestle_aws_value_to_text: a scalar as it stands in a path, query, header or XML element */
char *trestle_aws_value_to_text (const TrestleAwsShape *shape,
                                 TrestleAwsTimeFormat time_format,
                                 JsonNode *value,
                                 GError **error);

/** trestle_aws_value_from_text: the reverse */
JsonNode *trestle_aws_value_from_text (const TrestleAwsShape *shape,
                                       TrestleAwsTimeFormat time_format,
                                       const char *text,
                                       GError **error);

/** trestle_aws_time_to_json: epoch seconds (number or text), ISO or HTTP date → a number */
JsonNode *trestle_aws_time_to_json (JsonNode *value);

/** trestle_aws_time_from_json: a number of seconds in the form for a JSON body */
JsonNode *trestle_aws_time_from_json (JsonNode *value, TrestleAwsTimeFormat format);

/** trestle_aws_empty_object: Returns: (transfer full): {} */
JsonNode *trestle_aws_empty_object (void);

/** trestle_aws_node_kind: "a text", "a number" …, for messages */
const char *trestle_aws_node_kind (JsonNode *node);

/**
 * TrestleAwsWalk:
 * @reading: from the wire's names to the members' names; else the reverse
 * @keep_unknown: members the shape does not know stay; else they are left out
 * @strict: they are an error
 */
typedef struct
{
  gboolean reading;
  gboolean keep_unknown;
  gboolean strict;
} TrestleAwsWalk;

/** trestle_aws_json_convert: @node by @shape, from or to what goes into a JSON body */
JsonNode *trestle_aws_json_convert (const TrestleAwsWalk *walk,
                                    const TrestleAwsShape *shape,
                                    JsonNode *node,
                                    GError **error);

/**
 * trestle_aws_json_parse: Returns: (transfer full) (nullable): the JSON of @body, checked for
 * depth and UTF-8
 */
JsonNode *trestle_aws_json_parse (GBytes *body, GError **error);

/** trestle_aws_json_bytes: compact text of @node */
GBytes *trestle_aws_json_bytes (JsonNode *node);

/**
 * trestle_aws_xml_write:
 * @name: of the root element
 * @xml_namespace: (nullable): of the root, where neither @member nor @shape has one
 * @strict: members the shape does not know are an error
 */
gboolean trestle_aws_xml_write (GString *out,
                                const char *name,
                                const char *xml_namespace,
                                const TrestleAwsShape *shape,
                                const TrestleAwsMember *member,
                                JsonNode *value,
                                gboolean strict,
                                GError **error);

/** trestle_aws_xml_append_text: one element around an escaped text */
void trestle_aws_xml_append_text (GString *out, const char *name, const char *text);

/**
 * TrestleAwsXml:
 *
 * A parsed document; elements are passed as opaque pointers that live as long as it.
 */
typedef struct _TrestleAwsXml TrestleAwsXml;

TrestleAwsXml *trestle_aws_xml_parse (GBytes *body, GError **error);
void trestle_aws_xml_free (TrestleAwsXml *self);
gpointer trestle_aws_xml_root (TrestleAwsXml *self);
const char *trestle_aws_xml_name (gpointer element);
/** trestle_aws_xml_child: Returns: (nullable): the first child element called @name */
gpointer trestle_aws_xml_child (gpointer element, const char *name);
/** trestle_aws_xml_dup_text: Returns: (transfer full): the text in it */
char *trestle_aws_xml_dup_text (gpointer element);
/** trestle_aws_xml_read: the members of @shape out of @element */
JsonNode *trestle_aws_xml_read (const TrestleAwsShape *shape, gpointer element, GError **error);

/** trestle_aws_query_write: appends "&Name=value…" for each member of @input */
gboolean trestle_aws_query_write (GString *out,
                                  const TrestleAwsShape *shape,
                                  JsonNode *input,
                                  GError **error);

/**
 * trestle_aws_query_read: the input out of a form's parameters; what is unknown stays, by its
 * first word
 */
JsonNode *trestle_aws_query_read (const TrestleAwsShape *shape, const char *form, GError **error);

/**
 * trestle_aws_form_parse: Returns: (transfer full) (element-type TrestleAwsHeader): decoded pairs
 * in order
 */
GArray *trestle_aws_form_parse (const char *form);

/** trestle_aws_payload_member: Returns: (nullable): the member that is the body */
const TrestleAwsMember *trestle_aws_payload_member (const TrestleAwsShape *shape);

/** trestle_aws_has_body_members: whether any member travels in the body's structure */
gboolean trestle_aws_has_body_members (const TrestleAwsShape *shape);

/** trestle_aws_pick_body: Returns: (transfer full): the members of @node that travel in the body */
JsonNode *trestle_aws_pick_body (const TrestleAwsShape *shape, JsonNode *node);

/** trestle_aws_write_headers: the members of @node that travel as headers */
gboolean trestle_aws_write_headers (const TrestleAwsShape *shape,
                                    JsonNode *node,
                                    GArray *headers,
                                    GError **error);

/** trestle_aws_read_headers: the reverse, into @into */
gboolean trestle_aws_read_headers (const TrestleAwsShape *shape,
                                   GArray *headers,
                                   JsonObject *into,
                                   GError **error);

/**
 * trestle_aws_write_payload: @member's value from @input or @payload as the body; sets a content
 * type
 */
gboolean trestle_aws_write_payload (const TrestleAwsModel *model,
                                    const TrestleAwsMember *member,
                                    JsonNode *input,
                                    GBytes *payload,
                                    gboolean strict,
                                    TrestleAwsHttp *http,
                                    GError **error);

/** trestle_aws_read_payload: a structure or text that is the whole body, into @into */
gboolean trestle_aws_read_payload (const TrestleAwsModel *model,
                                   const TrestleAwsMember *member,
                                   GBytes *body,
                                   JsonObject *into,
                                   GError **error);

/** trestle_aws_bytes_to_text: Returns: (transfer full) (nullable): @bytes as UTF-8 text */
char *trestle_aws_bytes_to_text (GBytes *bytes);

/** trestle_aws_prefix_path: puts @name before the path an error's message starts with */
void trestle_aws_prefix_path (GError **error, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrestleAwsXml, trestle_aws_xml_free)

G_END_DECLS
